"""La campagne des bilans d’une année : qui l’ouvre, ses deux fenêtres, ses rappels."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any, Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from acteurs.models import Region, Suivi, historise
from acteurs.ressort import ressort_de
from contrats.models import Contrat

RAPPELS_PAR_DEFAUT = (30, 10, 2)


def rappels_par_defaut() -> list[int]:
    return list(RAPPELS_PAR_DEFAUT)


class CampagneQuerySet(models.QuerySet["Campagne"]):
    def pour_le_contrat(self, contrat: Contrat) -> Self:
        """Celles qui le concernent ; la sienne l’emporte sur celle de sa région."""
        concernent = Q(contrat=contrat) | Q(region_id=contrat.region_id, contrat=None)
        return self.filter(concernent).order_by("-annee", F("contrat").asc(nulls_last=True), "pk")

    def suivies_par(self, utilisateur: Any) -> Self:
        """Celles des régions que la personne pilote, et celles des contrats qu’elle suit."""
        if not utilisateur.is_authenticated:
            return self.none()
        ressort = ressort_de(utilisateur)
        if ressort.est_national:
            return self
        suivis = Contrat.objects.suivis_par(utilisateur)
        return self.filter(
            Q(region__in=ressort.regions)
            | Q(contrat__in=suivis)
            | Q(region__in=suivis.order_by().values("region"))
        )

    def de_la_region(self, region: str) -> Self:
        return self.filter(region=region).order_by("-annee")

    def propres(self, contrats: Iterable[UUID], annee: int) -> Self:
        """Celles que ces contrats mènent pour eux-mêmes cette année-là."""
        return self.filter(contrat__in=list(contrats), annee=annee)

    def a_rappeler(self, le: date) -> Self:
        """En écriture ce jour-là, avec au moins un rappel prévu."""
        ouvertes = self.filter(ouvre_le__lte=le, remise_le__gte=le).exclude(rappels=[])
        return ouvertes.order_by("pk")

    def ouvertes(self, le: date) -> Self:
        """En écriture ou en correction ce jour-là."""
        return self.filter(
            Q(ouvre_le__lte=le, remise_le__gte=le)
            | Q(correction_debut__lte=le, correction_fin__gte=le)
        )

    def rangees(self) -> Self:
        return self.order_by("-annee", "region", "contrat", "pk")


@historise()
class Campagne(Suivi):
    """Une région ou un contrat, une année. Les dates sont des données : la campagne se prolonge.

    `rappels` : nombres de jours avant la remise où un courriel part. La fenêtre de correction,
    facultative, suit la remise : on y corrige un bilan déjà remis ou publié.
    """

    region = models.ForeignKey(
        Region,
        verbose_name="région",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="campagnes",
    )
    contrat = models.ForeignKey(
        Contrat,
        verbose_name="contrat",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="campagnes",
    )
    annee = models.PositiveSmallIntegerField("année des bilans")
    ouvre_le = models.DateField("ouvre le")
    remise_le = models.DateField("bilans à publier au plus tard le")
    correction_debut = models.DateField("corrections à partir du", null=True, blank=True)
    correction_fin = models.DateField("corrections jusqu’au", null=True, blank=True)
    rappels = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name="rappels, en jours avant la date de remise",
        default=rappels_par_defaut,
        blank=True,
    )
    message = models.TextField("message aux équipes", max_length=2000, blank=True)

    objects = CampagneQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "campagne de bilans"
        verbose_name_plural = "campagnes de bilans"
        constraints = [
            *Suivi.Meta.constraints,
            models.CheckConstraint(
                condition=Q(region__isnull=False) ^ Q(contrat__isnull=False),
                name="campagne_region_ou_contrat",
                violation_error_message="Une campagne concerne une région ou un contrat.",
            ),
            models.CheckConstraint(
                condition=Q(remise_le__gte=F("ouvre_le")),
                name="campagne_remise_apres",
                violation_error_message="La date de remise suit l’ouverture.",
            ),
            models.CheckConstraint(
                condition=Q(correction_debut=None, correction_fin=None)
                | Q(
                    correction_debut__isnull=False,
                    correction_fin__isnull=False,
                    correction_debut__gt=F("remise_le"),
                    correction_fin__gte=F("correction_debut"),
                ),
                name="campagne_correction_apres",
                violation_error_message="Les corrections commencent après la date de remise,"
                " et ont un début et une fin.",
            ),
            models.CheckConstraint(
                condition=Q(annee__gte=2009, annee__lte=2100),
                name="campagne_annee_plausible",
                violation_error_message="Les contrats locaux de santé existent depuis 2009.",
            ),
            models.UniqueConstraint(
                fields=["region", "annee"],
                condition=Q(contrat=None),
                name="campagne_une_par_region",
                violation_error_message="La campagne de cette année existe déjà pour la région.",
            ),
            models.UniqueConstraint(
                fields=["contrat", "annee"],
                condition=Q(region=None),
                name="campagne_une_par_contrat",
                violation_error_message="La campagne de cette année existe déjà pour ce contrat.",
            ),
        ]

    def __str__(self) -> str:
        return f"Campagne des bilans {self.annee}"


class RappelCampagneQuerySet(models.QuerySet["RappelCampagne"]):
    def deja_partis(self, campagne: Campagne, jours_avant: int) -> set[UUID | None]:
        """Les contrats à qui ce rappel est parti pour cette date de remise ; None : l’agence."""
        partis = self.filter(
            campagne=campagne, remise_le=campagne.remise_le, jours_avant=jours_avant
        )
        return set(partis.values_list("contrat_id", flat=True))


class RappelCampagne(models.Model):
    """Un rappel parti. L’unicité empêche qu’il parte deux fois, même par deux processus.

    `contrat` vide : le récapitulatif de l’agence. `remise_le` : la date rappelée ; une campagne
    prolongée rappelle aussi sa nouvelle date.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campagne = models.ForeignKey(
        Campagne, verbose_name="campagne", on_delete=models.CASCADE, related_name="rappels_partis"
    )
    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", null=True, on_delete=models.CASCADE, related_name="+"
    )
    remise_le = models.DateField("pour la remise du")
    jours_avant = models.SmallIntegerField("jours avant la remise")
    parti_le = models.DateTimeField("parti le", default=timezone.now)

    objects = RappelCampagneQuerySet.as_manager()

    class Meta:
        verbose_name = "rappel de campagne"
        verbose_name_plural = "rappels de campagne"
        constraints = [
            models.UniqueConstraint(
                fields=["campagne", "contrat", "remise_le", "jours_avant"],
                name="rappel_campagne_unique",
                nulls_distinct=False,
                violation_error_message="Ce rappel est déjà parti.",
            )
        ]

    def __str__(self) -> str:
        return f"Rappel du {self.parti_le:%d/%m/%Y}"
