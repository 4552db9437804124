"""Ce qui arrive à une action au fil des ans : notes datées, changements de statut, documents."""

import uuid
from pathlib import PurePath
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from acteurs.models import Suivi, Utilisateur, historise
from contrats.etats import StatutAction
from contrats.models.action import Action
from contrats.models.selections_plan import DUneActionQuerySet


@historise()
class NoteSuivi(Suivi):
    """Le journal d’une action : ce qui s’est passé à une date. Il nourrit le bilan de l’année."""

    action = models.ForeignKey(
        Action, verbose_name="action", on_delete=models.CASCADE, related_name="notes"
    )
    date_note = models.DateField("date")
    annee = models.GeneratedField(
        expression=models.functions.ExtractYear("date_note"),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    fait = models.TextField("ce qui a été fait", blank=True)
    participants = models.PositiveIntegerField("participants", null=True, blank=True)
    freins = models.TextField("freins", blank=True)
    leviers = models.TextField("leviers", blank=True)
    suites = models.TextField("suites à donner", blank=True)

    objects = DUneActionQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "note de suivi"
        verbose_name_plural = "notes de suivi"
        constraints = [
            *Suivi.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(fait="", freins="", leviers="", suites="") | Q(participants__gte=0),
                name="notesuivi_remplie",
                violation_error_message=(
                    "Écrivez au moins une chose : ce qui a été fait, un frein, une suite."
                ),
            ),
        ]
        indexes = [models.Index(fields=["action", "-date_note"], name="notesuivi_date")]

    def __str__(self) -> str:
        return f"{self.date_note:%d/%m/%Y}"


class PassageStatut(models.Model):
    """Un changement de statut : de quoi à quoi, par qui, pourquoi."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey(
        Action, verbose_name="action", on_delete=models.CASCADE, related_name="passages"
    )
    de = models.CharField("de", max_length=25, choices=StatutAction, blank=True)
    vers = models.CharField("vers", max_length=25, choices=StatutAction)
    le = models.DateTimeField("le", default=timezone.now)
    par = models.ForeignKey(
        Utilisateur,
        verbose_name="par",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    raison = models.CharField("raison", max_length=300, blank=True)

    objects = DUneActionQuerySet.as_manager()

    class Meta:
        verbose_name = "changement de statut"
        verbose_name_plural = "changements de statut"
        indexes = [models.Index(fields=["action", "-le"], name="passagestatut_le")]

    def __str__(self) -> str:
        return f"{self.de} → {self.vers}"


class DocumentQuerySet(DUneActionQuerySet):
    def pour_liste(self) -> Self:
        """Les plus récents d’abord, avec qui les a joints."""
        return self.select_related("modifie_par").order_by("-cree_le", "pk")


def _emplacement(document: "DocumentAction", nom: str) -> str:
    """L’identifiant fait l’adresse : le nom donné par la personne n’y entre pas."""
    return f"documents/{document.action_id}/{document.pk}{PurePath(nom).suffix.lower()}"


@historise()
class DocumentAction(Suivi):
    """Un fichier joint à une action : compte rendu, convention, affiche."""

    action = models.ForeignKey(
        Action, verbose_name="action", on_delete=models.CASCADE, related_name="documents"
    )
    titre = models.CharField("titre", max_length=200)
    fichier = models.FileField("fichier", upload_to=_emplacement, max_length=200)
    nom = models.CharField("nom du fichier", max_length=200)
    taille = models.PositiveIntegerField("taille (octets)")
    sha256 = models.CharField("empreinte", max_length=64)

    objects = DocumentQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "document"
        verbose_name_plural = "documents"

    def __str__(self) -> str:
        return self.titre
