"""Le lien qu’une organisation reçoit pour parler de ses actions, sans compte."""

import uuid
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from acteurs.models import Acteur, Utilisateur
from cls_platform.socle.models import Travail
from contrats.models.contrat import Contrat

ANNEE_MIN, ANNEE_MAX = 2000, 2100


class Demande(models.TextChoices):
    STATUT = "STATUT", "Où en est l’action"
    NOTE = "NOTE", "Ce qui s’est passé dans l’année"
    ETAPES = "ETAPES", "Les étapes terminées"
    MESURES = "MESURES", "Les valeurs des indicateurs"


class LienContributionQuerySet(models.QuerySet["LienContribution"]):
    def suivis_par(self, utilisateur: Any) -> Self:
        suivis = Contrat.objects.suivis_par(utilisateur)
        return self.filter(contrat__in=suivis).select_related("contrat", "acteur", "cree_par")

    def valables(self) -> Self:
        return self.filter(revoque_le=None, expire_le__gt=timezone.now())

    def ouvert_par(self, empreinte: str) -> Self:
        """Le lien valable dont cette clé est l’une des clés."""
        lies = self.valables().filter(cles__empreinte=empreinte)
        return lies.select_related("contrat", "acteur", "cree_par")

    def pour_liste(self) -> Self:
        """Les derniers d’abord, avec `nombre_fiches` et `nombre_recues`."""
        ouvertes = _contributions().ouvertes()
        return (
            self.select_related("acteur", "cree_par", "travail")
            .annotate(nombre_fiches=_compte(ouvertes), nombre_recues=_compte(ouvertes.envoyees()))
            .order_by("-cree_le", "pk")
        )

    def a_effacer(self, avant: Any) -> Self:
        """Finis avant cette date, et qui portent encore le nom ou l’adresse d’une personne."""
        nommees = _contributions().filter(lien=OuterRef("pk")).exclude(nom="", brouillon={})
        return self.filter(Q(expire_le__lt=avant) | Q(revoque_le__lt=avant)).filter(
            ~Q(courriel="") | Q(Exists(nommees))
        )


def _contributions() -> Any:
    """Leur modèle est dans le fichier voisin, qui importe celui-ci."""
    champ: Any = LienContribution._meta.get_field("contributions")
    return champ.related_model.objects


def _compte(contributions: Any) -> Coalesce:
    par_lien = contributions.filter(lien=OuterRef("pk")).order_by().values("lien")
    return Coalesce(models.Subquery(par_lien.annotate(n=Count("pk")).values("n")), 0)


class LienContribution(models.Model):
    """Un lien donné à une organisation pour qu’elle rende compte de ses actions.

    Il dure un temps, se renouvelle et se révoque. Les secrets qui l’ouvrent sont des
    `CleContribution` : une relance en envoie un de plus, sans fermer les précédents.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="liens_contribution"
    )
    acteur = models.ForeignKey(
        Acteur, verbose_name="organisation", on_delete=models.PROTECT, related_name="+"
    )
    annee = models.PositiveSmallIntegerField("année")
    demandes = ArrayField(
        models.CharField(max_length=10, choices=Demande), verbose_name="ce qui est demandé"
    )
    courriel = models.EmailField("courriel", blank=True)
    message = models.TextField("message", blank=True)
    expire_le = models.DateTimeField("expire le")
    revoque_le = models.DateTimeField("révoqué le", null=True, blank=True)
    ouvert_le = models.DateTimeField("ouvert pour la dernière fois le", null=True, blank=True)
    relance_le = models.DateTimeField("relancé le", null=True, blank=True)
    travail = models.ForeignKey(
        Travail, verbose_name="envoi", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    cree_le = models.DateTimeField("créé le", default=timezone.now, editable=False)
    cree_par = models.ForeignKey(
        Utilisateur,
        verbose_name="créé par",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = LienContributionQuerySet.as_manager()

    class Meta:
        verbose_name = "lien de contribution"
        verbose_name_plural = "liens de contribution"
        constraints = [
            models.CheckConstraint(
                condition=Q(expire_le__gt=F("cree_le")),
                name="liencontribution_expire_apres",
                violation_error_message="Un lien expire après sa création.",
            ),
            models.CheckConstraint(
                condition=Q(annee__gte=ANNEE_MIN, annee__lte=ANNEE_MAX),
                name="liencontribution_annee",
                violation_error_message="Écrivez l’année en quatre chiffres.",
            ),
        ]
        indexes = [models.Index(fields=["contrat", "-cree_le"], name="liencontribution_date")]

    def __str__(self) -> str:
        return f"{self.acteur}, {self.annee}"

    @property
    def est_valable(self) -> bool:
        return self.revoque_le is None and self.expire_le > timezone.now()


class CleContribution(models.Model):
    """Un secret qui ouvre un lien ; seule son empreinte est gardée."""

    lien = models.ForeignKey(
        LienContribution, verbose_name="lien", on_delete=models.CASCADE, related_name="cles"
    )
    empreinte = models.CharField("empreinte", max_length=64, unique=True, editable=False)
    cree_le = models.DateTimeField("créée le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "clé d’un lien de contribution"
        verbose_name_plural = "clés d’un lien de contribution"

    def __str__(self) -> str:
        return f"{self.empreinte[:8]}…"
