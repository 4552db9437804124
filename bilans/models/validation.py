"""Ce qui engage : la validation en comité de pilotage, les visas de l’agence et du porteur."""

from typing import Any, Self

from django.db import models

from acteurs.models import Acteur, Suivi, Utilisateur, historise
from bilans.models.bilan import Bilan
from contrats.models import Contrat, Reunion


@historise()
class ValidationBilan(Suivi):
    """La validation en comité de pilotage : quand, où, qui était là, sur le PDF `sha256`."""

    bilan = models.OneToOneField(
        Bilan, verbose_name="bilan", on_delete=models.CASCADE, related_name="validation"
    )
    reunion = models.ForeignKey(
        Reunion,
        verbose_name="réunion",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    date = models.DateField("date")
    lieu = models.CharField("lieu", max_length=160)
    presents = models.ManyToManyField(
        Acteur, verbose_name="organisations présentes", blank=True, related_name="+"
    )
    precisions = models.TextField("précisions", max_length=2000, blank=True)
    sha256 = models.CharField("PDF validé", max_length=64, blank=True, editable=False)

    class Meta(Suivi.Meta):
        verbose_name = "validation du bilan"
        verbose_name_plural = "validations du bilan"

    def __str__(self) -> str:
        return f"Validé le {self.date:%d/%m/%Y}"


class AuNomDe(models.TextChoices):
    ARS = "ARS", "Agence régionale de santé"
    PORTEUR = "PORTEUR", "Porteur du contrat"


class VisaBilanQuerySet(models.QuerySet["VisaBilan"]):
    def suivis_par(self, utilisateur: Any) -> Self:
        return self.filter(bilan__contrat__in=Contrat.objects.suivis_par(utilisateur))


@historise()
class VisaBilan(Suivi):
    """Le visa de l’ARS ou du porteur sur le PDF d’empreinte `sha256`, celui qu’on a lu."""

    bilan = models.ForeignKey(
        Bilan, verbose_name="bilan", on_delete=models.CASCADE, related_name="visas"
    )
    au_nom_de = models.CharField("au nom de", max_length=7, choices=AuNomDe)
    par = models.ForeignKey(
        Utilisateur, verbose_name="par", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    par_nom = models.CharField("nom", max_length=160)
    donne_le = models.DateTimeField("donné le")
    sha256 = models.CharField("PDF visé", max_length=64)
    observations = models.TextField("observations", max_length=2000, blank=True)

    objects = VisaBilanQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "visa du bilan"
        verbose_name_plural = "visas du bilan"
        constraints = [
            *Suivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["bilan", "au_nom_de"],
                name="visa_bilan_unique",
                violation_error_message="Ce visa est déjà donné.",
            ),
        ]

    def __str__(self) -> str:
        return f"Visa {self.au_nom_de}"
