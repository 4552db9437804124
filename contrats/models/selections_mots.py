"""Chercher des mots dans les fiches : français, accents ignorés, début de mot accepté."""

import re
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, F, FloatField, Func, Q, QuerySet, TextField, Value

from cls_platform.socle.fonctions_sql import ContientMots, Juxtaposition
from contrats.models.contrat import Contrat

NUMERO = re.compile(r"^\d+(\.\w+)+$")
# Au-delà, on ne classe que les premières trouvées : un mot très courant resterait lent
PLAFOND_DU_CLASSEMENT = 2_000
MEILLEURES = 20


class _ParRacines(Func):
    template = "plainto_tsquery('french'::regconfig, cle_tri(%(expressions)s))"
    arity = 1
    output_field = SearchQueryField()


class _ParDebuts(Func):
    template = "coalesce(requete_prefixes(%(expressions)s), ''::tsquery)"
    arity = 1
    output_field = SearchQueryField()


def mots_francais(texte: str) -> Func:
    """Chaque mot par sa racine, ou comme début de mot : « dépistages », « dépist »."""
    formes = _ParRacines(Value(texte)), _ParDebuts(Value(texte))
    return Juxtaposition(*formes, output_field=SearchQueryField())


class EstVide(Func):
    """Le mot est de ceux que l’on ne range pas : « de », « la »."""

    template = "numnode(plainto_tsquery('french'::regconfig, cle_tri(%(expressions)s))) = 0"
    arity = 1
    output_field = BooleanField()


class RacinesDe(Func):
    template = "tsvector_to_array(to_tsvector('french'::regconfig, cle_tri(%(expressions)s)))"
    arity = 1
    output_field = ArrayField(TextField())


class Rang(Func):
    function = "ts_rank"
    arity = 2
    output_field = FloatField()


def _porte(colonne: str, mot: str) -> Q:
    if NUMERO.match(mot):
        return Q(numero=mot) | Q(numero__startswith=f"{mot}.")
    return Q(EstVide(Value(mot))) | Q(ContientMots(F(f"mots__{colonne}"), mots_francais(mot)))


class SelectionDesMots(QuerySet[Any]):
    def rechercher(self, texte: str) -> Any:
        """Les fiches dont ce que tout le monde lit porte tous les mots."""
        return self._portant_les_mots(texte, "publics")

    def rechercher_partout(self, texte: str) -> Any:
        """Les textes de travail aussi ; pour qui suit les contrats de la liste."""
        return self._portant_les_mots(texte, "internes")

    def rechercher_pour(self, utilisateur: Any, texte: str) -> Any:
        """Les textes de travail des contrats qu’elle suit, les textes publics des autres."""
        if not utilisateur.is_authenticated:
            return self.rechercher(texte)
        suivis = Contrat.objects.suivis_par(utilisateur)
        partout = Q(pk__in=self.rechercher_partout(texte).order_by().values("pk"))
        publiques = Q(pk__in=self.rechercher(texte).order_by().values("pk"))
        return self.filter(publiques | (partout & Q(contrat__in=suivis)))

    def _portant_les_mots(self, texte: str, colonne: str) -> Any:
        requete: Any = self
        for mot in texte.split():
            requete = requete.filter(_porte(colonne, mot))
        return requete

    def meilleures(self, texte: str) -> Any:
        """Les plus proches d’abord ; le titre pèse plus que le résumé, le résumé que le reste."""
        proches = Rang(F("mots__internes"), mots_francais(texte))
        bornees = self.order_by().values("pk")[:PLAFOND_DU_CLASSEMENT]
        classees = self.model.objects.filter(pk__in=bornees).annotate(proximite=proches)
        return classees.order_by("-proximite", "ordre", "numero", "pk")

    def racines_de(self, texte: str) -> list[str]:
        """Les racines des mots cherchés, pour les montrer dans les textes."""
        ligne = self.order_by().annotate(racines=RacinesDe(Value(texte)))
        return ligne.values_list("racines", flat=True).first() or []
