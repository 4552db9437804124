"""L’import d’un plan : le fichier donné, la façon de le lire, ce qu’il changerait."""

import uuid

from django.db import models
from django.utils import timezone

from acteurs.models import Utilisateur
from cls_platform.socle.models import Travail
from contrats.models.contrat import Contrat
from contrats.models.plan import DuContratQuerySet


class EtatImport(models.TextChoices):
    A_LIRE = "A_LIRE", "À lire"
    A_VERIFIER = "A_VERIFIER", "À vérifier"
    FAIT = "FAIT", "Fait"
    ABANDONNE = "ABANDONNE", "Abandonné"


class ImportPlan(models.Model):
    """Un fichier reçu. Le rapport dit ce qui changerait ; rien n’est écrit avant l’accord."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="imports"
    )
    nom = models.CharField("nom du fichier", max_length=200)
    fichier = models.FileField("fichier", upload_to="imports/", max_length=200)
    feuille = models.CharField("feuille", max_length=100, blank=True)
    colonnes = models.JSONField("champ de chaque colonne", default=dict, blank=True)
    rapport = models.JSONField("rapport de simulation", default=dict, blank=True)
    etat = models.CharField("état", max_length=10, choices=EtatImport, default=EtatImport.A_LIRE)
    travail = models.ForeignKey(
        Travail, verbose_name="travail", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    cree_le = models.DateTimeField("reçu le", default=timezone.now, editable=False)
    cree_par = models.ForeignKey(
        Utilisateur,
        verbose_name="reçu de",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = DuContratQuerySet.as_manager()

    class Meta:
        verbose_name = "import de plan"
        verbose_name_plural = "imports de plan"

    def __str__(self) -> str:
        return self.nom


class CorrespondanceColonne(models.Model):
    """Un en-tête inconnu, et le champ que l’équipe du contrat lui a donné : retenu pour la suite.

    `champ` vide : cette colonne est à laisser de côté.
    """

    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="correspondances"
    )
    entete = models.CharField("en-tête, tel que comparé", max_length=200)
    champ = models.CharField("champ", max_length=60, blank=True)
    cree_le = models.DateTimeField("retenu le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "correspondance de colonne"
        verbose_name_plural = "correspondances de colonne"
        constraints = [
            models.UniqueConstraint(
                fields=["contrat", "entete"],
                name="correspondance_unique",
                violation_error_message="Cet en-tête a déjà son champ.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entete} → {self.champ}"
