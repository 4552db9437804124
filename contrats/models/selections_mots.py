"""Chercher des mots dans les fiches : français, accents ignorés, début de mot accepté."""

import re
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Left

from cls_platform.socle.fonctions_sql import ContientMots, Juxtaposition
from contrats.models.contrat import Contrat
from contrats.models.recherche_sql import LONGUEUR

NUMERO = re.compile(r"^\d+(\.\w+)+$")


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


class VecteurDe(Func):
    """Les mots de plusieurs textes, rangés comme dans l’index."""

    template = "to_tsvector('french'::regconfig, cle_tri(concat_ws(' ', %(expressions)s)))"
    output_field = SearchVectorField()


class EstVide(Func):
    """Le mot est de ceux que l’on ne range pas : « de », « la »."""

    template = "numnode(plainto_tsquery('french'::regconfig, cle_tri(%(expressions)s))) = 0"
    arity = 1
    output_field = BooleanField()


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

    def rechercher_dans(self, texte: str, champs: Iterable[str]) -> Any:
        """Les fiches dont ces textes portent tous les mots ; rien d’autre ne les fait trouver.

        L’index de tous les mots choisit, les textes eux-mêmes confirment.
        """
        requete: Any = self
        textes = VecteurDe(*(Left(champ, LONGUEUR) for champ in champs))
        for mot in texte.split():
            cherche = mots_francais(mot)
            porte = Q(ContientMots(F("mots__internes"), cherche)) & Q(ContientMots(textes, cherche))
            requete = requete.filter(Q(EstVide(Value(mot))) | porte)
        return requete

    def _portant_les_mots(self, texte: str, colonne: str) -> Any:
        requete: Any = self
        for mot in texte.split():
            requete = requete.filter(_porte(colonne, mot))
        return requete
