"""Les filtres de l’argent : ceux des fiches, et ceux des lignes et des financements de l’API."""

from typing import Any

import django_filters

from cls_platform.socle.filtrage import ChoixMultiples, JeuDeFiltres, OuiNon, Parmi
from contrats.models import (
    Financement,
    LigneBudget,
    NatureDepense,
    StatutFinancement,
    TypeFinanceur,
    UniteBudget,
)

ANNEES = {"min_value": 2000, "max_value": 2100}


class FiltresDArgent(JeuDeFiltres):
    """Ne répondent que des fiches dont la personne peut lire les montants ; complètent
    ActionFilterSet."""

    sans_budget = OuiNon(method="filtrer_sans_budget", label="Sans budget")
    sans_financement = OuiNon(method="filtrer_sans_financement", label="Sans financement")
    ecart_financement = OuiNon(
        method="filtrer_ecart_financement", label="Budget et financements différents"
    )

    def filtrer_sans_budget(self, queryset: Any, name: str, value: bool) -> Any:  # noqa: FBT001  (signature de django-filter)
        lisibles = queryset.au_budget_lisible_par(self.utilisateur)
        return lisibles.sans_budget() if value else lisibles.avec_budget()

    def filtrer_sans_financement(self, queryset: Any, name: str, value: bool) -> Any:  # noqa: FBT001  (signature de django-filter)
        lisibles = queryset.au_budget_lisible_par(self.utilisateur)
        return lisibles.sans_financement() if value else lisibles.avec_financement()

    def filtrer_ecart_financement(self, queryset: Any, name: str, value: bool) -> Any:  # noqa: FBT001  (signature de django-filter)
        lisibles = queryset.au_budget_lisible_par(self.utilisateur)
        return lisibles.en_ecart() if value else lisibles.sans_ecart()


class LigneBudgetFilterSet(JeuDeFiltres):
    contrat = django_filters.UUIDFilter(field_name="action__contrat", label="Contrat")
    action = django_filters.UUIDFilter(label="Action")
    annee = django_filters.NumberFilter(label="Année", **ANNEES)
    nature = Parmi(queryset=NatureDepense.objects.tries(), label="Nature")
    unite = ChoixMultiples(choices=UniteBudget.choices, label="Unité")
    est_valorisation = OuiNon(label="Apport en nature")

    class Meta:
        model = LigneBudget
        fields: list[str] = []


class FinancementFilterSet(JeuDeFiltres):
    contrat = django_filters.UUIDFilter(field_name="action__contrat", label="Contrat")
    action = django_filters.UUIDFilter(label="Action")
    annee = django_filters.NumberFilter(label="Année", **ANNEES)
    type_financeur = Parmi(queryset=TypeFinanceur.objects.tries(), label="Financeur")
    acteur = django_filters.UUIDFilter(label="Organisation")
    statut = ChoixMultiples(choices=StatutFinancement.choices, label="État")

    class Meta:
        model = Financement
        fields: list[str] = []
