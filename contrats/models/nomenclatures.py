from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Subquery

from acteurs.models import Region
from cls_platform.socle.models import Nomenclature
from cls_platform.socle.models.nomenclature import NomenclatureQuerySet


class ThemeQuerySet(NomenclatureQuerySet):
    def comptes_dans(self, actions: Any) -> Any:
        """Les thèmes que portent ces actions, avec `nombre`, les plus fréquents d’abord."""
        relation: Any = self.model._meta.get_field("action")
        liens = relation.through.objects.filter(action__in=actions)
        par_theme = liens.filter(theme=OuterRef("pk")).order_by().values("theme")
        nombre = Subquery(par_theme.annotate(n=Count("pk")).values("n"))
        return self.annotate(nombre=nombre).filter(nombre__gt=0).order_by("-nombre", "libelle")


class Theme(Nomenclature):
    objects = ThemeQuerySet.as_manager()  # type: ignore[misc]  # celui de Nomenclature, et des comptes

    class Meta:
        verbose_name = "thème"
        verbose_name_plural = "thèmes"


class SousTheme(Nomenclature):
    theme = models.ForeignKey(
        Theme, verbose_name="thème", on_delete=models.PROTECT, related_name="sous_themes"
    )

    class Meta:
        verbose_name = "sous-thème"
        verbose_name_plural = "sous-thèmes"


class Population(Nomenclature):
    class Meta:
        verbose_name = "public"
        verbose_name_plural = "publics"


class Determinant(Nomenclature):
    class Meta:
        verbose_name = "déterminant de santé"
        verbose_name_plural = "déterminants de santé"


class TypeAction(Nomenclature):
    class Meta:
        verbose_name = "type d’action"
        verbose_name_plural = "types d’action"


class AxeOttawa(Nomenclature):
    """Les cinq axes de la charte d’Ottawa (OMS, 1986)."""

    class Meta:
        verbose_name = "axe de la charte d’Ottawa"
        verbose_name_plural = "axes de la charte d’Ottawa"


class Dispositif(Nomenclature):
    """Un autre plan ou dispositif auquel une action se rattache."""

    sigle = models.CharField("sigle", max_length=12, blank=True)

    class Meta:
        verbose_name = "autre plan ou dispositif"
        verbose_name_plural = "autres plans et dispositifs"


class TypeFinanceur(Nomenclature):
    class Meta:
        verbose_name = "type de financeur"
        verbose_name_plural = "types de financeur"


class NatureDepense(Nomenclature):
    class Meta:
        verbose_name = "nature de dépense"
        verbose_name_plural = "natures de dépense"


class ObjectifRegional(Nomenclature):
    """Un objectif du projet régional de santé (CSP, art. L1434-2) : chaque région a les siens."""

    region = models.ForeignKey(
        Region, verbose_name="région", on_delete=models.PROTECT, related_name="objectifs_prs"
    )
    composante = models.CharField(
        "composante", max_length=5, choices=[(c, c) for c in ("COS", "SRS", "PRAPS")], default="SRS"
    )

    class Meta:
        verbose_name = "objectif du projet régional de santé"
        verbose_name_plural = "objectifs du projet régional de santé"
