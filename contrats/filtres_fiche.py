"""Les filtres qui portent sur le contenu complet d’une fiche ; ActionFilterSet les reprend."""

from datetime import date
from typing import Any
from uuid import UUID

import django_filters

from acteurs.filters import COMMUNE
from cls_platform.socle.filtrage import ChoixMultiples, Code, JeuDeFiltres, OuiNon, Parmi, Recherche
from contrats.models import (
    NiveauPrevention,
    ObjectifRegional,
    OrigineAction,
    Priorite,
    SousTheme,
)


class FiltresDeLaFiche(JeuDeFiltres):
    recherche = Recherche(
        method="filtrer_recherche",
        help_text="Mots des titres, numéros, textes, pilotes et partenaires.",
    )
    pilote_personne = django_filters.UUIDFilter(label="Personne pilote")
    partenaire = django_filters.UUIDFilter(
        method="filtrer_partenaire", label="Organisation partenaire"
    )
    sous_theme = Parmi(
        queryset=SousTheme.objects.actives().tries(),
        method="filtrer_sous_theme",
        label="Sous-thème",
    )
    commune = Code(method="filtrer_commune", label="Code Insee d’une commune concernée", **COMMUNE)
    priorite = ChoixMultiples(choices=Priorite.choices, label="Priorité")
    origine = ChoixMultiples(choices=OrigineAction.choices, label="Origine")
    prevention = ChoixMultiples(
        field_name="niveau_prevention",
        choices=NiveauPrevention.choices,
        label="Niveau de prévention",
    )
    objectif_regional = Parmi(
        queryset=ObjectifRegional.objects.actives().tries(),
        method="filtrer_objectif_regional",
        label="Objectif du projet régional de santé",
    )
    modifiee_depuis = django_filters.DateFilter(
        method="filtrer_modifiee_depuis", label="Modifiée depuis le"
    )
    sans_axe = OuiNon(field_name="axe", lookup_expr="isnull", label="Sans axe")
    sans_theme = OuiNon(method="filtrer_sans_theme", label="Sans thème")
    sans_indicateur = OuiNon(method="filtrer_sans_indicateur", label="Sans indicateur")

    def filtrer_recherche(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.rechercher_pour(self.utilisateur, value)

    def filtrer_partenaire(self, queryset: Any, name: str, value: UUID) -> Any:
        return queryset.avec_partenaire(value)

    def filtrer_sous_theme(self, queryset: Any, name: str, value: SousTheme) -> Any:
        return queryset.de_sous_theme(value.pk)

    def filtrer_commune(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.de_commune(value)

    def filtrer_objectif_regional(self, queryset: Any, name: str, value: ObjectifRegional) -> Any:
        return queryset.d_objectif_regional(value.pk)

    def filtrer_modifiee_depuis(self, queryset: Any, name: str, value: date) -> Any:
        return queryset.modifiees_depuis(value)

    def filtrer_sans_theme(self, queryset: Any, name: str, value: bool) -> Any:  # noqa: FBT001  (signature de django-filter)
        return queryset.sans_theme() if value else queryset.avec_theme()

    def filtrer_sans_indicateur(self, queryset: Any, name: str, value: bool) -> Any:  # noqa: FBT001  (signature de django-filter)
        return queryset.sans_indicateur() if value else queryset.avec_indicateur()
