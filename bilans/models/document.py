"""Les autres documents d’un bilan : deux pages pour les élus, bilan technique, diaporama."""

import uuid
from typing import Any, Self

from django.db import models
from django.utils import timezone

from acteurs.droits import Droit
from acteurs.models import Utilisateur
from bilans.models.bilan import Bilan
from cls_platform.socle.models import Travail
from contrats.models import Contrat


class GenreDocument(models.TextChoices):
    ELUS = "ELUS", "Deux pages pour les élus"
    TECHNIQUE = "TECHNIQUE", "Bilan technique"
    TECH_SANS = "TECH_SANS", "Bilan technique sans les montants"
    DIAPORAMA = "DIAPORAMA", "Diaporama"


# Ce qu’il faut en plus de suivre le contrat pour demander ou ouvrir ce document
DROIT_DU_GENRE = {GenreDocument.TECHNIQUE: Droit.VOIR_BUDGET}


class DocumentBilanQuerySet(models.QuerySet["DocumentBilan"]):
    def suivis_par(self, utilisateur: Any) -> Self:
        suivis = self.filter(bilan__contrat__in=Contrat.objects.suivis_par(utilisateur))
        return suivis.select_related("bilan__contrat", "travail")

    def deux_pages_de(self, bilan: Bilan) -> Self:
        """Le document des élus de ce bilan, s’il est fait : le seul qui se donne au public."""
        return self.filter(bilan=bilan, genre=GenreDocument.ELUS).exclude(chemin="")


class DocumentBilan(models.Model):
    """Le dernier fichier de ce genre demandé pour ce bilan ; `source` : l’empreinte des données
    dont il est fait. Fait, le fichier ne change jamais : son nom contient son empreinte."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bilan = models.ForeignKey(
        Bilan, verbose_name="bilan", on_delete=models.CASCADE, related_name="documents"
    )
    genre = models.CharField("genre", max_length=9, choices=GenreDocument)
    travail = models.ForeignKey(
        Travail, verbose_name="travail", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    demande_par = models.ForeignKey(
        Utilisateur, verbose_name="demandé par", null=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    demande_le = models.DateTimeField("demandé le", default=timezone.now)
    previent = models.BooleanField("prévenir par courriel", default=True)
    source = models.CharField("empreinte des données", max_length=64, blank=True)
    chemin = models.CharField("fichier", max_length=200, blank=True)
    sha256 = models.CharField("empreinte SHA-256", max_length=64, blank=True)
    taille = models.PositiveIntegerField("taille (octets)", default=0)
    pages = models.PositiveSmallIntegerField("pages", default=0)

    objects = DocumentBilanQuerySet.as_manager()

    class Meta:
        verbose_name = "document du bilan"
        verbose_name_plural = "documents du bilan"
        constraints = [
            models.UniqueConstraint(
                fields=["bilan", "genre"],
                name="document_bilan_unique",
                violation_error_message="Ce document est déjà demandé.",
            ),
        ]

    def __str__(self) -> str:
        return GenreDocument(self.genre).label

    @property
    def est_fait(self) -> bool:
        return bool(self.chemin)

    @property
    def est_en_cours(self) -> bool:
        travail: Any = self.travail
        return travail is not None and not travail.est_fini
