"""Les filtres des instances, réunions et décisions, communs à la page, à l’export et à l’API."""

from typing import Any

import django_filters
from django.db.models import TextChoices

from cls_platform.socle.filtrage import ChoixMultiples, JeuDeFiltres, OuiNon, Recherche
from contrats.models import DecisionReunion, EtatReunion, Instance, Reunion, StatutDecision


class Voir(TextChoices):
    """Les listes toutes faites du relevé de décisions."""

    EN_ATTENTE = "en_attente", "En attente"
    EN_RETARD = "en_retard", "En retard"
    CLOSES = "closes", "Closes"
    TOUTES = "toutes", "Toutes"


class InstanceFilterSet(JeuDeFiltres):
    contrat = django_filters.UUIDFilter(label="Contrat")
    est_active = OuiNon(label="Se réunit encore")

    class Meta:
        model = Instance
        fields: list[str] = []


class ReunionFilterSet(JeuDeFiltres):
    contrat = django_filters.UUIDFilter(field_name="instance__contrat", label="Contrat")
    instance = django_filters.UUIDFilter(label="Instance")
    etat = ChoixMultiples(choices=EtatReunion.choices, label="État")
    est_publique = OuiNon(label="Ouverte au public")
    annee = django_filters.NumberFilter(
        field_name="date__year", label="Année", min_value=2000, max_value=2100
    )
    depuis = django_filters.DateFilter(field_name="date", lookup_expr="gte", label="À partir du")
    jusqu_au = django_filters.DateFilter(field_name="date", lookup_expr="lte", label="Jusqu’au")

    class Meta:
        model = Reunion
        fields: list[str] = []


class DecisionFilterSet(JeuDeFiltres):
    contrat = django_filters.UUIDFilter(field_name="reunion__instance__contrat", label="Contrat")
    instance = django_filters.UUIDFilter(field_name="reunion__instance", label="Instance")
    reunion = django_filters.UUIDFilter(label="Réunion")
    acteur = django_filters.UUIDFilter(label="Organisation")
    statut = ChoixMultiples(choices=StatutDecision.choices, label="État")
    voir = django_filters.ChoiceFilter(
        choices=Voir.choices, method="filtrer_voir", label="Montrer", empty_label=None
    )
    recherche = Recherche(help_text="Mots de la décision.")

    class Meta:
        model = DecisionReunion
        fields: list[str] = []

    def filtrer_voir(self, queryset: Any, name: str, value: str) -> Any:
        if value == Voir.EN_RETARD:
            return queryset.en_retard(self.le)
        if value == Voir.EN_ATTENTE:
            return queryset.en_attente()
        return queryset.closes() if value == Voir.CLOSES else queryset
