"""Un fichier donné à importer : gardé entre le rapport et l’accord, oublié ensuite."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.utils import timezone

from acteurs.models.utilisateur import Utilisateur


class GenreFichier(models.TextChoices):
    ZONAGE = "ZONAGE", "Un zonage"
    CONTEXTE = "CONTEXTE", "Des données de contexte"
    CLS = "CLS", "Des contrats existants"


class FichierRecuQuerySet(models.QuerySet["FichierRecu"]):
    def de(self, utilisateur: Any) -> Self:
        """Un fichier donné n’est montré qu’à qui l’a donné."""
        return self.filter(cree_par=utilisateur)

    def du_genre(self, *genres: str) -> Self:
        return self.filter(genre__in=genres)

    def oublies(self, avant: datetime) -> Self:
        return self.filter(cree_le__lt=avant)


class FichierRecu(models.Model):
    """`parametres` : ce qui a été choisi avec le fichier. `rapport` : ce qui a été écrit."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    genre = models.CharField("genre", max_length=10, choices=GenreFichier)
    nom = models.CharField("nom du fichier", max_length=200)
    fichier = models.FileField("fichier", upload_to="imports/", max_length=200)
    parametres = models.JSONField("choix", default=dict, blank=True)
    rapport = models.JSONField("rapport", default=dict, blank=True)
    cree_le = models.DateTimeField("reçu le", default=timezone.now, editable=False)
    cree_par = models.ForeignKey(
        Utilisateur,
        verbose_name="reçu de",
        on_delete=models.CASCADE,
        related_name="fichiers_recus",
    )
    fait_le = models.DateTimeField("importé le", null=True, editable=False)

    objects = FichierRecuQuerySet.as_manager()

    class Meta:
        verbose_name = "fichier reçu"
        verbose_name_plural = "fichiers reçus"

    def __str__(self) -> str:
        return self.nom
