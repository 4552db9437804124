from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from acteurs.models import Commune, Epci
from contrats.models.contrat import Contrat


class PerimetreQuerySet(models.QuerySet["Perimetre"]):
    def au(self, le: date) -> Self:
        """Les communes du périmètre ce jour-là ; le jour de sortie n’en fait plus partie."""
        return self.filter(Q(date_sortie=None) | Q(date_sortie__gt=le), date_entree__lte=le)

    def ouvertes(self) -> Self:
        return self.filter(date_sortie=None)


class Perimetre(models.Model):
    """Une commune dans un contrat, de son entrée (incluse) à sa sortie (exclue)."""

    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="perimetres"
    )
    commune = models.ForeignKey(
        Commune, verbose_name="commune", on_delete=models.PROTECT, related_name="perimetres"
    )
    date_entree = models.DateField("entrée")
    date_sortie = models.DateField("sortie", null=True, blank=True)
    epci_origine = models.ForeignKey(
        Epci,
        verbose_name="entrée avec l’intercommunalité",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = PerimetreQuerySet.as_manager()

    class Meta:
        verbose_name = "commune du périmètre"
        verbose_name_plural = "communes du périmètre"
        constraints = [
            models.CheckConstraint(
                condition=Q(date_sortie=None) | Q(date_sortie__gt=F("date_entree")),
                name="perimetre_sortie_apres_entree",
                violation_error_message="Une commune sort du contrat après y être entrée.",
            ),
            models.UniqueConstraint(
                fields=["contrat", "commune"],
                condition=Q(date_sortie=None),
                name="perimetre_une_presence_ouverte",
                violation_error_message="Cette commune est déjà dans le contrat.",
            ),
            models.UniqueConstraint(
                fields=["contrat", "commune", "date_entree"],
                name="perimetre_une_entree_par_jour",
                violation_error_message="Cette commune est déjà entrée dans le contrat ce jour-là.",
            ),
        ]
        indexes = [models.Index(fields=["commune", "contrat"], name="perimetre_par_commune")]

    def __str__(self) -> str:
        return f"{self.commune_id} dans {self.contrat_id}"
