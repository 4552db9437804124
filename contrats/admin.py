"""Administration : les listes de vocabulaire, et les contrats en lecture pour dépanner."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from acteurs.admin import NomenclatureAdmin
from contrats.models import (
    AxeOttawa,
    Contrat,
    Determinant,
    Dispositif,
    NatureDepense,
    ObjectifRegional,
    Population,
    SousTheme,
    Theme,
    TypeAction,
    TypeFinanceur,
)

admin.site.register(
    (
        AxeOttawa,
        Determinant,
        Dispositif,
        NatureDepense,
        Population,
        Theme,
        TypeAction,
        TypeFinanceur,
    ),
    NomenclatureAdmin,
)


@admin.register(ObjectifRegional)
class ObjectifRegionalAdmin(NomenclatureAdmin):
    """Chaque région tient la liste de son projet régional de santé."""

    list_display = ("libelle", "region", "composante", "code", "ordre", "est_actif")
    list_filter = ("region", "composante")
    list_select_related = ("region",)


@admin.register(SousTheme)
class SousThemeAdmin(NomenclatureAdmin):
    list_display = ("libelle", "theme", "code", "ordre", "est_actif")
    list_select_related = ("theme",)


@admin.register(Contrat)
class ContratAdmin(admin.ModelAdmin):
    """Les contrats s’écrivent par les pages, où les règles et l’historique sont tenus."""

    list_display = ("nom", "region", "phase", "date_debut", "date_fin", "est_public")
    list_filter = ("phase", "region", "est_demonstration")
    list_select_related = ("region",)
    search_fields = ("nom", "numero")
    ordering = ("cle_tri",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
