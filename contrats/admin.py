"""Administration : les listes de vocabulaire, et les contrats en lecture pour dépanner."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from acteurs.admin import NomenclatureAdmin
from contrats.models import (
    Avenant,
    AxeOttawa,
    Contrat,
    Determinant,
    Dispositif,
    Doctrine,
    NatureDepense,
    ObjectifRegional,
    Population,
    SousTheme,
    SuiviTerritoire,
    Theme,
    TypeAction,
    TypeAvenant,
    TypeFinanceur,
    TypeInstance,
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
        TypeAvenant,
        TypeFinanceur,
        TypeInstance,
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


class EnLecture(admin.ModelAdmin):
    """Ce qui s’écrit par les pages, où les règles et l’historique sont tenus."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Contrat)
class ContratAdmin(EnLecture):
    list_display = ("nom", "region", "phase", "date_debut", "date_fin", "est_public")
    list_filter = ("phase", "region", "est_demonstration")
    list_select_related = ("region",)
    search_fields = ("nom", "numero")
    ordering = ("cle_tri",)


@admin.register(Avenant)
class AvenantAdmin(EnLecture):
    list_display = ("contrat", "numero", "etat", "date_signature", "date_effet", "date_fin_apres")
    list_filter = ("etat", "types", "contrat__region")
    list_select_related = ("contrat",)
    search_fields = ("contrat__nom", "objet")
    ordering = ("contrat", "numero")


@admin.register(SuiviTerritoire)
class SuiviTerritoireAdmin(EnLecture):
    list_display = ("__str__", "region", "contrat", "epci", "referent", "en_veille_jusqu_au")
    list_filter = ("region",)
    list_select_related = ("region", "contrat", "epci", "referent")
    search_fields = ("contrat__nom", "epci__nom", "referent__nom")
    ordering = ("region", "pk")


@admin.register(Doctrine)
class DoctrineAdmin(EnLecture):
    list_display = ("region", "depuis", "maillage", "type_zonage", "cible_taux", "cible_date")
    list_filter = ("region", "maillage")
    list_select_related = ("region", "type_zonage")
    ordering = ("region", "-depuis")
