import secrets
import uuid
from datetime import timedelta
from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from acteurs.models.acteur import Acteur
from acteurs.models.territoire import Departement

DUREE_INVITATION = timedelta(days=14)


class UtilisateurManager(BaseUserManager["Utilisateur"]):
    def create_user(self, email: str, password: str | None = None, **champs: Any) -> "Utilisateur":
        if not email:
            raise ValueError("Une adresse électronique est nécessaire.")
        utilisateur = self.model(email=self.normalize_email(email).lower(), **champs)
        utilisateur.set_password(password)
        utilisateur.save(using=self._db)
        return utilisateur

    def create_superuser(self, email: str, password: str, **champs: Any) -> "Utilisateur":
        champs |= {"est_administrateur": True, "is_superuser": True}
        return self.create_user(email, password, **champs)

    def get_by_natural_key(self, username: str | None) -> "Utilisateur":
        return self.get(email__iexact=username)


class Utilisateur(AbstractBaseUser, PermissionsMixin):
    """Une personne qui a un compte ; son adresse électronique l’identifie."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("adresse électronique", unique=True)
    prenom = models.CharField("prénom", max_length=80, blank=True)
    nom = models.CharField("nom", max_length=80, blank=True)
    fonction = models.CharField("fonction", max_length=120, blank=True)
    acteur = models.ForeignKey(
        Acteur,
        verbose_name="organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="membres",
    )
    est_administrateur = models.BooleanField("administrateur de la plateforme", default=False)
    is_active = models.BooleanField("compte actif", default=True)
    cree_le = models.DateTimeField("créé le", default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UtilisateurManager()

    class Meta:
        verbose_name = "utilisateur"
        verbose_name_plural = "utilisateurs"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="utilisateur_email_unique",
                violation_error_message="Un compte existe déjà pour cette adresse.",
            )
        ]

    def __str__(self) -> str:
        return self.nom_complet

    @property
    def nom_complet(self) -> str:
        return f"{self.prenom} {self.nom}".strip() or self.email

    @property
    def is_staff(self) -> bool:
        """Attendu par l’administration de Django."""
        return self.est_administrateur

    def get_full_name(self) -> str:
        return self.nom_complet

    def get_short_name(self) -> str:
        return self.prenom or self.email


class AffectationArs(models.Model):
    """Un agent d’ARS suit toute sa région, ou un seul département (délégation)."""

    utilisateur = models.ForeignKey(
        Utilisateur, verbose_name="agent", on_delete=models.CASCADE, related_name="affectations"
    )
    ars = models.ForeignKey(
        Acteur, verbose_name="ARS", on_delete=models.PROTECT, related_name="affectations"
    )
    departement = models.ForeignKey(
        Departement,
        verbose_name="délégation départementale",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )

    class Meta:
        verbose_name = "affectation à une ARS"
        verbose_name_plural = "affectations à une ARS"
        constraints = [
            models.UniqueConstraint(
                fields=["utilisateur", "ars", "departement"],
                nulls_distinct=False,
                name="affectation_ars_unique",
                violation_error_message="Cet agent suit déjà ce territoire.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.utilisateur_id} : {self.departement_id or self.ars_id}"


def jeton_invitation() -> str:
    return secrets.token_urlsafe(32)


def echeance_invitation() -> Any:
    return timezone.now() + DUREE_INVITATION


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def ouvertes(self) -> Self:
        return self.filter(acceptee_le=None, expire_le__gt=timezone.now())


class Invitation(models.Model):
    """Un lien personnel, valable quatorze jours, pour créer son compte.

    Seule l’empreinte du jeton est gardée. Le rôle est donné par l’application qui invite.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("adresse électronique")
    empreinte = models.CharField("empreinte du jeton", max_length=64, unique=True)
    utilisateur = models.ForeignKey(
        Utilisateur, verbose_name="compte", on_delete=models.CASCADE, related_name="invitations"
    )
    invite_par = models.ForeignKey(
        Utilisateur,
        verbose_name="invité par",
        null=True,
        on_delete=models.SET_NULL,
        related_name="invitations_envoyees",
    )
    cree_le = models.DateTimeField("envoyée le", default=timezone.now, editable=False)
    expire_le = models.DateTimeField("expire le", default=echeance_invitation)
    acceptee_le = models.DateTimeField("acceptée le", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        verbose_name_plural = "invitations"
        constraints = [
            models.CheckConstraint(
                condition=Q(expire_le__gt=models.F("cree_le")),
                name="invitation_expire_apres_envoi",
                violation_error_message="Une invitation expire après son envoi.",
            )
        ]

    def __str__(self) -> str:
        return self.email
