"""Les zonages : quartiers prioritaires, zonage des médecins, communautés de soignants…

Chaque millésime est gardé. Une édition vaut pour une région, ou pour toute la France si elle n’en
nomme aucune ; elle est en vigueur à partir de sa date d’effet, jusqu’à la suivante du même type.
"""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, Max, Q
from django.utils import timezone

from acteurs.models.territoire import Commune, Region
from acteurs.models.utilisateur import Utilisateur
from cls_platform.socle.models import Nomenclature


class TypeZonage(Nomenclature):
    """`classes` : ce qu’une zone peut être, code → libellé ; vide si toutes sont pareilles."""

    classes = models.JSONField("classes", default=dict, blank=True)
    une_zone_par_commune = models.BooleanField(
        "une commune est dans une seule zone",
        default=False,
        help_text="Vrai pour un classement ; faux pour des quartiers ou des réseaux.",
    )

    class Meta:
        verbose_name = "type de zonage"
        verbose_name_plural = "types de zonage"


class EditionZonageQuerySet(models.QuerySet["EditionZonage"]):
    def valant_pour(self, region: str | None) -> Self:
        """Celles d’une région et celles de la France ; None : toutes."""
        return self if region is None else self.filter(Q(region=region) | Q(region=None))

    def pour_liste(self) -> Self:
        """Avec le nombre de zones et de communes distinctes."""
        return self.select_related("type", "region", "charge_par").annotate(
            nombre_zones=Count("zones", distinct=True),
            nombre_communes=Count("zones__communes__commune", distinct=True),
        )

    def recentes_d_abord(self) -> Self:
        return self.order_by("type__ordre", "type", "-date_effet", "region", "-charge_le")

    def effectives(self, le: date) -> Self:
        return self.filter(date_effet__lte=le)

    def dernier_chargement(self) -> dict[str, object]:
        return self.aggregate(nombre=Count("pk"), dernier=Max("charge_le"))


class EditionZonage(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    type = models.ForeignKey(
        TypeZonage, verbose_name="type", on_delete=models.PROTECT, related_name="editions"
    )
    region = models.ForeignKey(
        Region,
        verbose_name="région",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="zonages",
        help_text="Vide : toute la France.",
    )
    millesime = models.CharField("millésime", max_length=40)
    date_effet = models.DateField("en vigueur depuis")
    source = models.CharField("source", max_length=250)
    fichier = models.CharField("fichier", max_length=200)
    sha256 = models.CharField("empreinte SHA-256 du fichier", max_length=64)
    est_demonstration = models.BooleanField("démonstration", default=False)
    charge_le = models.DateTimeField("chargée le", default=timezone.now)
    charge_par = models.ForeignKey(
        Utilisateur,
        verbose_name="chargée par",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = EditionZonageQuerySet.as_manager()

    class Meta:
        verbose_name = "édition de zonage"
        verbose_name_plural = "éditions de zonage"
        constraints = [
            models.UniqueConstraint(
                fields=["type", "region", "millesime"],
                nulls_distinct=False,
                name="edition_zonage_unique",
                violation_error_message="Ce millésime de ce zonage est déjà chargé.",
            )
        ]
        indexes = [models.Index(fields=["type", "date_effet"], name="edition_zonage_effet")]

    def __str__(self) -> str:
        return f"{self.type_id} {self.millesime}"


class Zone(models.Model):
    """`population` : celle que dit la source ; un quartier ne couvre pas toute sa commune."""

    edition = models.ForeignKey(
        EditionZonage, verbose_name="édition", on_delete=models.CASCADE, related_name="zones"
    )
    code = models.CharField("code", max_length=40)
    nom = models.CharField("nom", max_length=200)
    classe = models.CharField("classe", max_length=40, blank=True)
    population = models.PositiveIntegerField("population", null=True, blank=True)

    class Meta:
        verbose_name = "zone"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"],
                name="zone_code_unique",
                violation_error_message="Cette zone est déjà dans cette édition.",
            )
        ]

    def __str__(self) -> str:
        return self.nom


class ZoneCommune(models.Model):
    """Une commune touchée par une zone, en tout ou partie."""

    zone = models.ForeignKey(
        Zone, verbose_name="zone", on_delete=models.CASCADE, related_name="communes"
    )
    commune = models.ForeignKey(
        Commune, verbose_name="commune", on_delete=models.PROTECT, related_name="zones"
    )

    class Meta:
        verbose_name = "commune d’une zone"
        verbose_name_plural = "communes des zones"
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "commune"],
                name="zone_commune_unique",
                violation_error_message="Cette commune est déjà dans cette zone.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.commune_id} dans {self.zone_id}"
