"""Les filtres de la chaîne et des évaluations, communs aux pages et à l’API."""

from typing import Any

import django_filters

from cls_platform.socle.filtrage import ChoixMultiples, JeuDeFiltres, OuiNon
from indicateurs.models import (
    Besoin,
    Confiance,
    CritereEvaluation,
    Effet,
    EtapeEvaluation,
    Evaluation,
    MomentEvaluation,
    QuestionEvaluative,
    Recommandation,
    SuiteDonnee,
    TypeEffet,
)


class BesoinFilterSet(JeuDeFiltres):
    contrat = django_filters.UUIDFilter(label="Contrat")
    objectif = django_filters.UUIDFilter(field_name="objectifs", label="Objectif qui y répond")

    class Meta:
        model = Besoin
        fields: list[str] = []


class EffetFilterSet(JeuDeFiltres):
    contrat = django_filters.UUIDFilter(field_name="action__contrat", label="Contrat")
    action = django_filters.UUIDFilter(label="Action")
    indicateur = django_filters.UUIDFilter(label="Indicateur")
    type = ChoixMultiples(choices=TypeEffet.choices, label="Type d’effet")
    confiance = ChoixMultiples(choices=Confiance.choices, label="Confiance")

    class Meta:
        model = Effet
        fields: list[str] = []


class EvaluationFilterSet(JeuDeFiltres):
    contrat = django_filters.UUIDFilter(label="Contrat")
    moment = ChoixMultiples(choices=MomentEvaluation.choices, label="Moment")

    class Meta:
        model = Evaluation
        fields: list[str] = []


class DUneEvaluationFilterSet(JeuDeFiltres):
    evaluation = django_filters.UUIDFilter(label="Évaluation")
    contrat = django_filters.UUIDFilter(field_name="evaluation__contrat", label="Contrat")


class EtapeFilterSet(DUneEvaluationFilterSet):
    faite = OuiNon(field_name="fait_le", lookup_expr="isnull", exclude=True, label="Faite")

    class Meta:
        model = EtapeEvaluation
        fields: list[str] = []


class QuestionFilterSet(DUneEvaluationFilterSet):
    critere = ChoixMultiples(choices=CritereEvaluation.choices, label="Critère")

    class Meta:
        model = QuestionEvaluative
        fields: list[str] = []


class RecommandationFilterSet(DUneEvaluationFilterSet):
    suite = ChoixMultiples(choices=SuiteDonnee.choices, label="Suite donnée")
    en_retard = OuiNon(method="filtrer_en_retard", label="Ouverte, échéance passée")

    class Meta:
        model = Recommandation
        fields: list[str] = []

    def filtrer_en_retard(self, queryset: Any, name: str, value: bool | None) -> Any:  # noqa: FBT001  (signature de django-filter)
        if value is None:
            return queryset
        en_retard = queryset.en_retard(self.le)
        return en_retard if value else queryset.exclude(pk__in=en_retard.values("pk"))
