"""L’administration : les vocabulaires que l’opérateur ajuste, les comptes, les organisations."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from acteurs.models import (
    Acteur,
    AffectationArs,
    EditionDonnees,
    EditionZonage,
    IndicateurContexte,
    TypeActeur,
    TypeZonage,
    Utilisateur,
)


class NomenclatureAdmin(admin.ModelAdmin):
    """Un libellé changé ici est protégé du prochain chargement ; un code ne change jamais."""

    list_display: tuple[str, ...] = ("libelle", "code", "ordre", "est_actif", "est_modifie")
    list_filter: ClassVar[tuple[str, ...]] = ("est_actif",)
    search_fields = ("libelle", "code")
    ordering = ("ordre", "libelle")
    exclude = ("est_modifie",)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        return ("code",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001  (signature de l’admin)
        obj.est_modifie = True
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Un terme se retire en le rendant inactif : les fiches anciennes le gardent."""
        return False


admin.site.register((TypeActeur, TypeZonage), NomenclatureAdmin)


@admin.register(IndicateurContexte)
class IndicateurContexteAdmin(NomenclatureAdmin):
    list_display = ("libelle", "code", "unite", "niveau", "agregation", "est_actif", "est_modifie")
    list_filter = ("agregation", "niveau", "est_actif")


class EditionAdmin(admin.ModelAdmin):
    """Un millésime se charge et se retire par les pages, où le fichier est vérifié."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(EditionZonage)
class EditionZonageAdmin(EditionAdmin):
    list_display = (
        "type",
        "millesime",
        "region",
        "date_effet",
        "source",
        "charge_le",
        "charge_par",
    )
    list_filter = ("type", "region")
    list_select_related = ("type", "region", "charge_par")
    ordering = ("type", "-date_effet")


@admin.register(EditionDonnees)
class EditionDonneesAdmin(EditionAdmin):
    list_display = ("indicateur", "annee", "niveau", "region", "source", "charge_le", "charge_par")
    list_filter = ("niveau", "region", "indicateur")
    list_select_related = ("indicateur", "region", "charge_par")
    ordering = ("indicateur", "-annee")


class AffectationEnLigne(admin.TabularInline):
    model = AffectationArs
    extra = 0
    autocomplete_fields = ("ars",)


@admin.register(Utilisateur)
class UtilisateurAdmin(admin.ModelAdmin):
    list_display = ("email", "prenom", "nom", "acteur", "est_administrateur", "is_active")
    list_filter = ("est_administrateur", "is_active")
    search_fields = ("email", "prenom", "nom")
    ordering = ("email",)
    fields = (
        "email",
        "prenom",
        "nom",
        "fonction",
        "acteur",
        "est_administrateur",
        "is_superuser",
        "is_active",
    )
    autocomplete_fields = ("acteur",)
    inlines = (AffectationEnLigne,)


@admin.register(Acteur)
class ActeurAdmin(admin.ModelAdmin):
    list_display = ("nom", "type", "siren", "finess", "est_demonstration")
    list_filter = ("type", "est_demonstration")
    search_fields = ("nom", "nom_court", "siren", "finess")
    ordering = ("cle_tri",)
    raw_id_fields = ("commune", "epci", "departement", "region")
