"""Les filtres de la liste de travail, communs à la page, à l’API et à l’export.

Les lignes ne sont pas une table : chaque filtre est une condition sur une ligne. Le compte d’une
puce est le nombre de lignes qu’elle montrerait, les autres filtres gardés.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import django_filters
from django.db.models import TextChoices
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from acteurs.models import Departement, Epci, Region
from cls_platform.socle.filtrage import ChoixMultiples, JeuDeFiltres, OuiNon, Parmi, Recherche
from contrats.a_faire.compte import est_a_faire
from contrats.a_faire.ligne import LigneAFaire
from contrats.a_faire.liste import ListeAFaire
from contrats.a_faire.situations import Motif, Situation
from contrats.models import Contrat, SuiviTerritoire

Condition = Callable[[LigneAFaire], bool]


class Voir(TextChoices):
    """Sans réponse, ce qui est à faire."""

    A_FAIRE = "a_faire", "À faire"
    VEILLE = "veille", "En veille"
    TOUT = "tout", "Tout"


class Tri(TextChoices):
    NOM = "nom", "Nom, de A à Z"
    NOM_INVERSE = "-nom", "Nom, de Z à A"
    POPULATION = "population", "Population croissante"
    POPULATION_INVERSE = "-population", "Population décroissante"
    FIN = "fin", "Fin du contrat, la plus proche d’abord"
    FIN_INVERSE = "-fin", "Fin du contrat, la plus lointaine d’abord"
    ETAPE = "etape", "Prochaine étape, dans l’ordre de la règle"
    ETAPE_INVERSE = "-etape", "Prochaine étape, dans l’ordre inverse"
    PAUVRETE = "pauvrete", "Taux de pauvreté croissant"
    PAUVRETE_INVERSE = "-pauvrete", "Taux de pauvreté décroissant"
    SOUS_DENSE = "sous_dense", "Part en zone sous-dense croissante"
    SOUS_DENSE_INVERSE = "-sous_dense", "Part en zone sous-dense décroissante"


CLES: dict[str, Callable[[LigneAFaire], Any]] = {
    "nom": lambda ligne: ligne.cle_tri,
    "population": lambda ligne: ligne.population,
    "fin": lambda ligne: ligne.fin,
    "etape": lambda ligne: ligne.rang_de_l_etape,
    "pauvrete": lambda ligne: ligne.pauvrete,
    "sous_dense": lambda ligne: ligne.sous_dense,
}
AVEC_CONTEXTE = frozenset({"pauvrete", "sous_dense"})
SEUILS_DE_CONTEXTE = frozenset({"pauvrete_min", "sous_dense_min"})


class AFaireFilterSet(JeuDeFiltres):
    recherche = Recherche(help_text="Mots du nom du contrat, du territoire ou d’une commune.")
    voir = django_filters.ChoiceFilter(choices=Voir.choices, label="Montrer", empty_label=None)
    motif = ChoixMultiples(choices=Motif.choices, label="Ce qui l’attend")
    situation = ChoixMultiples(choices=Situation.choices, label="Situation")
    region = Parmi(queryset=Region.objects.tries(), label="Région", empty_label="Toutes")
    # Une ligne n’est pas un objet en base : le schéma ne devine pas la sorte du code
    departement = extend_schema_field(OpenApiTypes.STR)(
        Parmi(queryset=Departement.objects.tries(), label="Délégation", empty_label="Toutes")
    )
    a_moi = OuiNon(label="Dont je suis référent")
    referent = django_filters.UUIDFilter(label="Référent")
    population_min = django_filters.NumberFilter(label="Habitants, au moins", min_value=0)
    pauvrete_min = django_filters.NumberFilter(label="Taux de pauvreté, au moins", min_value=0)
    sous_dense_min = django_filters.NumberFilter(
        label="Part en zone sous-dense, au moins", min_value=0
    )
    tri = django_filters.ChoiceFilter(choices=Tri.choices, label="Ranger par", empty_label=None)

    class Meta:
        model = SuiviTerritoire
        fields: list[str] = []

    def filter_queryset(self, queryset: ListeAFaire) -> ListeAFaire:
        conditions = self._gardees.values()
        gardees = queryset.garder(lambda ligne: all(vrai(ligne) for vrai in conditions))
        return ranger(gardees, self._valeurs.get("tri") or "")

    @property
    def _valeurs(self) -> dict[str, Any]:
        return self.form.cleaned_data if self.is_valid() else {}

    def condition(self, nom: str, valeur: Any) -> Condition:
        """Celle que pose ce filtre, rempli ainsi."""
        faire: dict[str, Callable[[Any], Condition]] = {
            "recherche": trouvees,
            "motif": lambda voulus: lambda ligne: not ligne.motifs.isdisjoint(voulus),
            "situation": lambda voulues: lambda ligne: ligne.situation in voulues,
            "region": lambda region: lambda ligne: ligne.region == region.pk,
            "departement": lambda departement: lambda ligne: departement.pk in ligne.departements,
            "a_moi": lambda oui: lambda ligne: (ligne.suivi.referent == self.utilisateur.pk) is oui,
            "referent": lambda pk: lambda ligne: ligne.suivi.referent == pk,
            "population_min": lambda seuil: lambda ligne: ligne.population >= seuil,
            "pauvrete_min": lambda seuil: lambda ligne: atteint(ligne.pauvrete, seuil),
            "sous_dense_min": lambda seuil: lambda ligne: atteint(ligne.part_sous_dense, seuil),
            "voir": A_VOIR.__getitem__,
        }
        return faire[nom](valeur)

    def conditions(self) -> dict[str, Condition]:
        """Une par filtre rempli ; « voir » en a toujours une."""
        remplis = {nom: v for nom, v in self._valeurs.items() if v not in (None, "", [], ())}
        remplis |= {"voir": Voir(remplis.get("voir", Voir.A_FAIRE))}
        return {nom: self.condition(nom, v) for nom, v in remplis.items() if nom != "tri"}

    def nombre(self, nom: str, condition: Condition) -> int:
        """Les lignes que montrerait ce filtre-là, à la place de sa valeur d’aujourd’hui."""
        autres = [vrai for autre, vrai in self._gardees.items() if autre != nom]
        lignes: ListeAFaire = self.queryset
        return lignes.nombre(lambda ligne: condition(ligne) and all(v(ligne) for v in autres))

    @property
    def _gardees(self) -> dict[str, Condition]:
        if not hasattr(self, "_conditions"):
            self._conditions = self.conditions()
        return self._conditions


def atteint(valeur: Decimal | None, seuil: Decimal) -> bool:
    """Sans donnée, un territoire n’atteint aucun seuil."""
    return valeur is not None and valeur >= seuil


A_VOIR: dict[Voir, Condition] = {
    Voir.A_FAIRE: est_a_faire,
    Voir.VEILLE: lambda ligne: ligne.est_en_veille,
    Voir.TOUT: lambda ligne: True,
}


def trouvees(texte: str) -> Condition:
    """Les contrats et les intercommunalités que ces mots trouvent ; deux requêtes."""
    contrats = set(Contrat.objects.rechercher(texte).values_list("pk", flat=True))
    epcis = set(Epci.objects.actuelles().rechercher(texte).values_list("pk", flat=True))
    return lambda ligne: ligne.code in (contrats if ligne.est_contrat else epcis)


def ranger(liste: ListeAFaire, tri: str) -> ListeAFaire:
    """Par défaut sa délégation d’abord, puis le plus d’habitants. Sans valeur : à la fin."""
    par_nom = liste.ranger(lambda ligne: (ligne.cle_tri, ligne.cle))
    if not tri:
        siennes = liste.ressort.delegations
        return par_nom.ranger(
            lambda ligne: (siennes.isdisjoint(ligne.departements), -ligne.population)
        )
    cle, est_inverse = CLES[tri.lstrip("-")], tri.startswith("-")
    avec = par_nom.garder(lambda ligne: cle(ligne) is not None)
    sans = par_nom.garder(lambda ligne: cle(ligne) is None)
    rangees = sorted(avec, key=cle, reverse=est_inverse)
    return ListeAFaire([*rangees, *sans], liste.ressort)


def demande_le_contexte(parametres: Any) -> bool:
    """Les territoires sans contrat se choisissent aussi par pauvreté et par zone sous-dense."""
    if parametres.get("tri", "").lstrip("-") in AVEC_CONTEXTE:
        return True
    return Motif.SANS_CONTRAT in parametres.getlist("motif") or any(
        nom in parametres for nom in SEUILS_DE_CONTEXTE
    )
