"""Administration : les listes de vocabulaire, et les contrats en lecture pour dépanner."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from acteurs.admin import NomenclatureAdmin
from contrats.models import Contrat, Population, SousTheme, Theme

admin.site.register((Theme, Population), NomenclatureAdmin)


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
