"""La doctrine d’une agence : les territoires qu’elle vise, la part à atteindre, la date.

Une doctrine nouvelle n’efface pas la précédente : chacune vaut à partir de son jour.
"""

from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from acteurs.models import EditionZonage, Region, Suivi, TypeZonage, historise

SANS_CHOIX = Q(type_zonage=None, edition=None, codes_epci=[], codes_communes=[])
PAR_ZONAGE = Q(type_zonage__isnull=False, codes_epci=[], codes_communes=[])
PAR_LISTE = Q(type_zonage=None, edition=None) & (~Q(codes_epci=[]) | ~Q(codes_communes=[]))


class Maillage(models.TextChoices):
    COMPLET = "COMPLET", "Toute la région"
    PRIORITAIRE = "PRIORITAIRE", "Des territoires prioritaires"


class DoctrineQuerySet(models.QuerySet["Doctrine"]):
    def de_la_region(self, region: str) -> Self:
        """La plus récente d’abord."""
        return self.filter(region=region).order_by("-depuis")

    def en_vigueur(self, region: str, le: date) -> "Doctrine | None":
        return (
            self.de_la_region(region)
            .filter(depuis__lte=le)
            .select_related("region", "type_zonage", "edition")
            .first()
        )

    def en_vigueur_le(self, le: date) -> Self:
        """Une par région au plus, celle de ce jour-là."""
        suivantes = self.model._default_manager.filter(
            region=models.OuterRef("region"), depuis__gt=models.OuterRef("depuis"), depuis__lte=le
        )
        return self.filter(~Q(models.Exists(suivantes)), depuis__lte=le)

    def visibles_par(self, utilisateur: Any) -> Self:
        """Une doctrine se lit avec la couverture : toute personne qui a un compte."""
        return self if utilisateur.is_authenticated else self.none()

    def rangees(self) -> Self:
        return self.order_by("region", "-depuis")


@historise()
class Doctrine(Suivi):
    """`cible_taux` : part des habitants visés à couvrir, entre 0 et 1.

    Les territoires prioritaires viennent d’un zonage (`edition` : un millésime figé, sinon celui en
    vigueur chaque jour ; `classes` : une partie du zonage) ou d’une liste d’intercommunalités et de
    communes, par leurs codes officiels.
    """

    region = models.ForeignKey(
        Region, verbose_name="région", on_delete=models.PROTECT, related_name="doctrines"
    )
    depuis = models.DateField("en vigueur depuis")
    maillage = models.CharField("maillage", max_length=12, choices=Maillage)
    type_zonage = models.ForeignKey(
        TypeZonage,
        verbose_name="zonage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    edition = models.ForeignKey(
        EditionZonage,
        verbose_name="millésime du zonage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    classes = ArrayField(
        models.CharField(max_length=40), verbose_name="classes du zonage", default=list, blank=True
    )
    codes_epci = ArrayField(
        models.CharField(max_length=9),
        verbose_name="intercommunalités visées",
        default=list,
        blank=True,
    )
    codes_communes = ArrayField(
        models.CharField(max_length=5), verbose_name="communes visées", default=list, blank=True
    )
    cible_taux = models.DecimalField("part à couvrir", max_digits=5, decimal_places=4)
    cible_date = models.DateField("date de la cible")
    texte = models.TextField("texte de la doctrine", blank=True)

    objects = DoctrineQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "doctrine"
        verbose_name_plural = "doctrines"
        constraints = [
            *Suivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["region", "depuis"],
                name="doctrine_une_par_jour",
                violation_error_message="Une doctrine commence déjà ce jour-là dans la région.",
            ),
            models.CheckConstraint(
                condition=Q(cible_taux__gt=Decimal(0), cible_taux__lte=Decimal(1)),
                name="doctrine_cible_possible",
                violation_error_message="La part à couvrir va de 0,1 à 100 %.",
            ),
            models.CheckConstraint(
                condition=Q(cible_date__gt=F("depuis")),
                name="doctrine_cible_apres_debut",
                violation_error_message="La date de la cible vient après le début de la doctrine.",
            ),
            models.CheckConstraint(
                condition=(Q(maillage="COMPLET") & SANS_CHOIX)
                | (Q(maillage="PRIORITAIRE") & (PAR_ZONAGE | PAR_LISTE)),
                name="doctrine_territoires_vises",
                violation_error_message=(
                    "Les territoires prioritaires viennent d’un zonage ou d’une liste."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Doctrine de {self.region_id} depuis le {self.depuis:%d/%m/%Y}"

    @property
    def est_complete(self) -> bool:
        return self.maillage == Maillage.COMPLET
