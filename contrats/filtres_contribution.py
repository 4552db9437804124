"""Les filtres des contributions de l’API."""

import django_filters

from cls_platform.socle.filtrage import ChoixMultiples, JeuDeFiltres
from contrats.models import Contribution, EtatContribution


class ContributionFilterSet(JeuDeFiltres):
    contrat = django_filters.UUIDFilter(field_name="lien__contrat", label="Contrat")
    action = django_filters.UUIDFilter(label="Action")
    acteur = django_filters.UUIDFilter(field_name="lien__acteur", label="Organisation")
    annee = django_filters.NumberFilter(
        field_name="lien__annee", label="Année", min_value=2000, max_value=2100
    )
    etat = ChoixMultiples(choices=EtatContribution.choices, label="État")

    class Meta:
        model = Contribution
        fields: list[str] = []
