import uuid
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

DELAI_DE_RENVOI = timedelta(seconds=60)


class EtatTravail(models.TextChoices):
    EN_FILE = "EN_FILE", "En attente"
    EN_COURS = "EN_COURS", "En cours"
    FAIT = "FAIT", "Fait"
    ECHEC = "ECHEC", "Échec"


class TravailQuerySet(models.QuerySet["Travail"]):
    def a_reprendre(self, le: datetime | None = None) -> Self:
        """En file, ou commencé par un processus dont le bail est échu."""
        le = le or timezone.now()
        return self.filter(
            Q(etat=EtatTravail.EN_FILE) | Q(etat=EtatTravail.EN_COURS, bail_jusqua__lt=le)
        )

    def a_renvoyer(self, le: datetime) -> Self:
        """À reprendre, et pas remis dans la file depuis une minute (ni promis pour plus tard)."""
        return self.a_reprendre(le).filter(
            Q(envoye_le=None) | Q(envoye_le__lt=le - DELAI_DE_RENVOI)
        )

    def prendre(self, pk: uuid.UUID) -> "Travail | None":
        """Prend le travail par un seul UPDATE ; rend None si un autre l’a déjà.

        Le jeton neuf rend caduc celui d’un processus que l’on croyait mort.
        """
        le = timezone.now()
        jeton = uuid.uuid4()
        pris = (
            self.filter(pk=pk)
            .a_reprendre(le)
            .update(
                etat=EtatTravail.EN_COURS,
                jeton=jeton,
                tentatives=F("tentatives") + 1,
                commence_le=le,
                bail_jusqua=le + timedelta(seconds=settings.BAIL_TRAVAIL_SECONDES),
                message="",
            )
        )
        return self.get(pk=pk, jeton=jeton) if pris else None

    def tenus(self, travail: "Travail") -> Self:
        """La ligne, seulement si ce processus la tient encore."""
        return self.filter(pk=travail.pk, jeton=travail.jeton, etat=EtatTravail.EN_COURS)


class Travail(models.Model):
    """Un travail long est une ligne ; Celery ne transporte que son identifiant.

    Exécuter deux fois la tâche est sans effet : la prise est exclusive, le bail dure
    `BAIL_TRAVAIL_SECONDES` secondes, un balayage remet en file ce qui est échu.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    genre = models.CharField("genre", max_length=40)
    cible_id = models.UUIDField("objet concerné")
    parametres = models.JSONField("paramètres", default=dict, blank=True)
    etat = models.CharField("état", max_length=10, choices=EtatTravail, default=EtatTravail.EN_FILE)
    progression = models.PositiveSmallIntegerField("progression (%)", default=0)
    message = models.TextField("message", blank=True)
    jeton = models.UUIDField("jeton de prise", null=True, editable=False)
    bail_jusqua = models.DateTimeField("bail jusqu’à", null=True)
    tentatives = models.PositiveSmallIntegerField("tentatives", default=0)
    demande_par_id = models.UUIDField("demandé par", null=True)
    cree_le = models.DateTimeField("demandé le", default=timezone.now, editable=False)
    envoye_le = models.DateTimeField("remis dans la file le", null=True)
    commence_le = models.DateTimeField("commencé le", null=True)
    fini_le = models.DateTimeField("fini le", null=True)

    objects = TravailQuerySet.as_manager()

    class Meta:
        verbose_name = "travail"
        verbose_name_plural = "travaux"
        constraints = [
            models.CheckConstraint(
                condition=Q(progression__lte=100),
                name="travail_progression_0_100",
                violation_error_message="La progression va de 0 à 100.",
            ),
            models.UniqueConstraint(
                fields=["genre", "cible_id"],
                condition=Q(etat__in=["EN_FILE", "EN_COURS"]),
                name="travail_un_seul_en_attente_par_cible",
                violation_error_message="Ce travail est déjà en cours.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["bail_jusqua"],
                condition=Q(etat__in=["EN_FILE", "EN_COURS"]),
                name="travail_a_reprendre",
            )
        ]

    def __str__(self) -> str:
        return f"{self.genre} {self.id}"

    @property
    def est_fini(self) -> bool:
        return self.etat in {EtatTravail.FAIT, EtatTravail.ECHEC}
