import hashlib
import secrets
import uuid
from datetime import timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from acteurs.models.utilisateur import Utilisateur

PREFIXE = "cls_"
DUREE_MAX = timedelta(days=366)


class Portee(models.TextChoices):
    LECTURE = "LECTURE", "Lire les données que je peux voir"
    ECRITURE_ACTIONS = "ECRITURE_ACTIONS", "Modifier les actions"
    ECRITURE_CONTRATS = "ECRITURE_CONTRATS", "Préparer et signer les avenants"
    ECRITURE_MESURES = "ECRITURE_MESURES", "Saisir les valeurs des indicateurs"
    ECRITURE_BILANS = (
        "ECRITURE_BILANS",
        "Écrire les bilans, donner un avis, demander un document, mener une campagne",
    )


def nouveau_secret() -> str:
    """`cls_` suivi de 43 caractères (256 bits), montré une seule fois."""
    return PREFIXE + secrets.token_urlsafe(32)


def empreinte(secret: str) -> str:
    """SHA-256 en hexadécimal : un secret de 256 bits n’a pas besoin d’un hachage lent."""
    return hashlib.sha256(secret.encode()).hexdigest()


class JetonQuerySet(models.QuerySet["Jeton"]):
    def valides(self) -> Self:
        return self.filter(
            revoque_le=None, expire_le__gt=timezone.now(), utilisateur__is_active=True
        )

    def de(self, utilisateur: Utilisateur) -> Self:
        return self.filter(utilisateur=utilisateur).order_by("-cree_le")


class Jeton(models.Model):
    """Un jeton de l’API : au plus un an, des portées, jamais relisible."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    utilisateur = models.ForeignKey(
        Utilisateur, verbose_name="titulaire", on_delete=models.CASCADE, related_name="jetons"
    )
    nom = models.CharField("nom de l’outil", max_length=80)
    prefixe = models.CharField("début du jeton", max_length=12, editable=False)
    empreinte = models.CharField("empreinte", max_length=64, unique=True, editable=False)
    portees = ArrayField(
        models.CharField(max_length=20, choices=Portee), verbose_name="portées", default=list
    )
    cree_le = models.DateTimeField("créé le", default=timezone.now, editable=False)
    expire_le = models.DateTimeField("expire le")
    dernier_usage_le = models.DateTimeField("dernier usage", null=True, blank=True)
    revoque_le = models.DateTimeField("révoqué le", null=True, blank=True)

    objects = JetonQuerySet.as_manager()

    class Meta:
        verbose_name = "jeton de l’API"
        verbose_name_plural = "jetons de l’API"
        constraints = [
            models.CheckConstraint(
                condition=Q(expire_le__lte=F("cree_le") + DUREE_MAX),
                name="jeton_un_an_au_plus",
                violation_error_message="Un jeton dure un an au plus.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.nom} ({self.prefixe}…)"

    @property
    def est_valide(self) -> bool:
        return self.revoque_le is None and self.expire_le > timezone.now()
