"""Les filtres des listes du pilotage : ceux des fiches et des financements, et ce qui manque.

Chaque nombre de la page mène à une liste filtrée qui compte exactement les mêmes lignes.
"""

from typing import Any

import django_filters
from django.db.models import Q

from cls_platform.socle.filtrage import ChoixMultiples, JeuDeFiltres, OuiNon, Parmi
from contrats.etats import StatutAction
from contrats.filters import ActionFilterSet
from contrats.filtres_argent import FinancementFilterSet
from contrats.models import (
    Financement,
    MissionFir,
    ObjectifRegional,
    Partie,
    Population,
    Theme,
)
from contrats.pilotage.signataires import DE_SANTE, GROUPES, PROFESSIONNELS
from contrats.pilotage.statuts import SANS_ECHEANCE, tranches

RETARDS = (
    ("MOINS_DE_3_MOIS", "Moins de 3 mois"),
    ("DE_3_A_6_MOIS", "De 3 à 6 mois"),
    ("DE_6_A_12_MOIS", "De 6 à 12 mois"),
    ("PLUS_D_UN_AN", "Plus d’un an"),
    (SANS_ECHEANCE, "Noté en retard, sans échéance passée"),
)


class FiltresDesFiches(ActionFilterSet):
    """Une valeur retirée des listes de saisie se filtre encore : des fiches la portent."""

    theme = Parmi(queryset=Theme.objects.tries(), method="filtrer_theme", label="Thème")
    population = Parmi(
        queryset=Population.objects.tries(), method="filtrer_population", label="Public"
    )
    objectif_regional = Parmi(
        queryset=ObjectifRegional.objects.tries(),
        method="filtrer_objectif_regional",
        label="Objectif du projet régional de santé",
    )
    sans_public = OuiNon(method="filtrer_sans_public", label="Sans public")
    sans_objectif_regional = OuiNon(
        method="filtrer_sans_objectif_regional", label="Sans objectif régional"
    )
    hors_abandon = OuiNon(method="filtrer_hors_abandon", label="Sans les fiches abandonnées")
    retard = django_filters.ChoiceFilter(
        choices=RETARDS, method="filtrer_retard", label="En retard depuis"
    )

    def filtrer_sans_public(self, queryset: Any, name: str, value: bool) -> Any:  # noqa: FBT001  (signature de django-filter)
        sans = Q(populations=None)
        return queryset.filter(sans) if value else queryset.exclude(sans)

    def filtrer_sans_objectif_regional(self, queryset: Any, name: str, value: bool) -> Any:  # noqa: FBT001  (signature de django-filter)
        sans = Q(objectifs_regionaux=None)
        return queryset.filter(sans) if value else queryset.exclude(sans)

    def filtrer_hors_abandon(self, queryset: Any, name: str, value: bool) -> Any:  # noqa: FBT001  (signature de django-filter)
        return queryset.exclude(statut=StatutAction.ABANDONNEE) if value else queryset

    def filtrer_retard(self, queryset: Any, name: str, value: str) -> Any:
        en_retard = queryset.en_retard(self.le)
        bornes = {code: (du, au) for code, du, au in tranches(self.le)}
        du, au = bornes[value]
        if au is None:
            return en_retard.filter(Q(date_fin=None) | Q(date_fin__gte=self.le))
        passees = en_retard.filter(date_fin__lte=au)
        return passees if du is None else passees.filter(date_fin__gte=du)


class FiltresDesFinancements(FinancementFilterSet):
    mission_fir = ChoixMultiples(choices=MissionFir.choices, label="Mission du FIR")
    sans_mission = OuiNon(method="filtrer_sans_mission", label="Mission du FIR non précisée")

    class Meta:
        model = Financement
        fields: list[str] = []

    def filtrer_sans_mission(self, queryset: Any, name: str, value: bool) -> Any:  # noqa: FBT001  (signature de django-filter)
        sans = Q(mission_fir="")
        return queryset.filter(sans) if value else queryset.exclude(sans)


class FiltresDesSignataires(JeuDeFiltres):
    groupe = django_filters.ChoiceFilter(choices=GROUPES, method="filtrer_groupe", label="Famille")
    contrat = django_filters.UUIDFilter(label="Contrat")

    class Meta:
        model = Partie
        fields: list[str] = []

    def filtrer_groupe(self, queryset: Any, name: str, value: str) -> Any:
        if value == DE_SANTE:
            return queryset.filter(acteur__type__in=PROFESSIONNELS)
        famille = queryset.filter(acteur__type__famille=value)
        return famille.exclude(acteur__type__in=PROFESSIONNELS)
