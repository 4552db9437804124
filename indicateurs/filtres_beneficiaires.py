"""Les filtres des comptes de bénéficiaires."""

import django_filters

from cls_platform.socle.filtrage import JeuDeFiltres, Parmi
from contrats.models import Population
from indicateurs.filters import ANNEES
from indicateurs.models import Beneficiaires


class BeneficiairesFilterSet(JeuDeFiltres):
    contrat = django_filters.UUIDFilter(field_name="action__contrat", label="Contrat")
    action = django_filters.UUIDFilter(label="Action")
    annee = django_filters.NumberFilter(label="Année", **ANNEES)
    population = Parmi(queryset=Population.objects.tries(), label="Public")
    code_qpv = django_filters.CharFilter(label="Quartier prioritaire", max_length=12)

    class Meta:
        model = Beneficiaires
        fields: list[str] = []
