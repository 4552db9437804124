from django.db import models

from cls_platform.socle.models import Nomenclature


class Theme(Nomenclature):
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
