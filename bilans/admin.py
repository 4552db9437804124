from typing import ClassVar

from django.contrib import admin

from acteurs.admin import NomenclatureAdmin
from bilans.models import (
    BandeLisibilite,
    ExceptionSigle,
    MotAConnaitre,
    PointDeControle,
    RegleLangage,
    Sigle,
    TermeARemplacer,
)

admin.site.register((Sigle, MotAConnaitre, PointDeControle), NomenclatureAdmin)


@admin.register(RegleLangage)
class RegleLangageAdmin(NomenclatureAdmin):
    list_display = ("libelle", "gravite", "seuil", "origine", "est_actif", "est_modifie")
    list_filter = ("gravite", "origine", "est_actif")


@admin.register(BandeLisibilite)
class BandeLisibiliteAdmin(NomenclatureAdmin):
    list_display = ("libelle", "minimum", "ton", "origine", "est_actif", "est_modifie")
    ordering = ("-minimum", "code")


@admin.register(TermeARemplacer)
class TermeARemplacerAdmin(NomenclatureAdmin):
    list_display = ("libelle", "remplacement", "regle", "nature", "origine", "est_actif")
    list_filter: ClassVar[tuple[str, ...]] = ("regle", "nature", "origine", "est_actif")
    search_fields = ("libelle", "remplacement")


@admin.register(ExceptionSigle)
class ExceptionSigleAdmin(NomenclatureAdmin):
    list_display = ("libelle", "genre", "est_actif", "est_modifie")
    list_filter = ("genre", "est_actif")
