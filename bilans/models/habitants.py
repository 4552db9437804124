"""Ce que le public envoie : une réaction, un abonnement. Aucune donnée personnelle n’y reste."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Case, Q, When
from django.utils import timezone

from acteurs.models import Suivi, historise
from bilans.models.bilan import Bilan
from contrats.models import Action, Contrat


class EtatReaction(models.TextChoices):
    ATTENTE = "ATTENTE", "À lire"
    PUBLIEE = "PUBLIEE", "Publiée"
    GARDEE = "GARDEE", "Gardée sans la publier"
    REJETEE = "REJETEE", "Écartée"


class ReactionQuerySet(models.QuerySet["Reaction"]):
    def suivies_par(self, utilisateur: Any) -> Self:
        return self.filter(contrat__in=Contrat.objects.suivis_par(utilisateur))

    def en_attente(self) -> Self:
        return self.filter(etat=EtatReaction.ATTENTE)

    def publiees(self) -> Self:
        publiques = self.filter(etat=EtatReaction.PUBLIEE)
        return publiques.select_related("action", "bilan").order_by("-recue_le", "pk")

    def pour_moderer(self) -> Self:
        """Celles à lire d’abord, puis les autres, la plus récente en tête."""
        attente = Case(When(etat=EtatReaction.ATTENTE, then=0), default=1)
        liees = self.select_related("contrat", "action", "bilan", "modifie_par")
        return liees.defer("bilan__instantane", "bilan__technique").order_by(
            attente, "-recue_le", "pk"
        )

    def avec_courriel(self, avant: Any) -> Self:
        """Reçues avant ce moment, et qui gardent encore une adresse."""
        return self.filter(recue_le__lt=avant).exclude(courriel="")


@historise(exclude=["courriel"])
class Reaction(Suivi):
    """Le mot d’un habitant sur un contrat, un bilan ou une action, lu avant de paraître.

    `courriel`, facultatif, ne sert qu’à répondre : il s’efface avec la réponse, ou au bout de
    trois mois. Il n’est jamais dans l’historique.
    """

    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="reactions"
    )
    bilan = models.ForeignKey(
        Bilan,
        verbose_name="bilan",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="reactions",
    )
    action = models.ForeignKey(
        Action,
        verbose_name="action",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    texte = models.TextField("message", max_length=1000)
    courriel = models.EmailField("courriel", blank=True)
    recue_le = models.DateTimeField("reçue le", default=timezone.now)
    etat = models.CharField(
        "état", max_length=7, choices=EtatReaction, default=EtatReaction.ATTENTE
    )
    reponse = models.TextField("réponse", max_length=2000, blank=True)
    repondu_le = models.DateTimeField("répondu le", null=True, blank=True)

    objects = ReactionQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "réaction"
        verbose_name_plural = "réactions"
        constraints = [
            *Suivi.Meta.constraints,
            models.CheckConstraint(
                condition=Q(repondu_le=None) | Q(courriel=""),
                name="reaction_courriel_efface",
                violation_error_message="L’adresse s’efface avec la réponse.",
            ),
        ]
        indexes = [models.Index(fields=["contrat", "etat", "-recue_le"], name="reaction_etat")]

    def __str__(self) -> str:
        return self.texte[:60]


class AbonnementQuerySet(models.QuerySet["Abonnement"]):
    def confirmes(self) -> Self:
        return self.filter(confirme_le__isnull=False)

    def jamais_confirmes(self, avant: Any) -> Self:
        return self.filter(confirme_le=None, cree_le__lt=avant)

    def ouverts_par(self, empreinte: str) -> Self:
        return self.filter(empreinte=empreinte).select_related("contrat")

    def a_prevenir(self, bilan: Bilan) -> Self:
        """Les abonnés à qui l’on n’a encore rien dit de cette année-là ni d’une plus récente.

        Une correction ne s’annonce pas : la page la dit. Qui s’abonne après la parution l’a lue.
        """
        deja_dit = Q(dernier_bilan__annee__gte=bilan.annee)
        confirmes = self.confirmes().filter(contrat=bilan.contrat_id).exclude(deja_dit)
        return confirmes.filter(confirme_le__lte=bilan.publie_le or timezone.now())


class Abonnement(models.Model):
    """Une adresse abonnée aux nouvelles d’un contrat, une fois confirmée par un lien.

    `empreinte` : SHA-256 du secret qui confirme puis désabonne. Se désabonner efface la ligne.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="abonnements"
    )
    courriel = models.EmailField("courriel")
    empreinte = models.CharField(max_length=64, unique=True, editable=False)
    cree_le = models.DateTimeField("demandé le", default=timezone.now, editable=False)
    confirme_le = models.DateTimeField("confirmé le", null=True, blank=True)
    dernier_bilan = models.ForeignKey(
        Bilan, verbose_name="dernier bilan annoncé", null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip

    objects = AbonnementQuerySet.as_manager()

    class Meta:
        verbose_name = "abonnement"
        verbose_name_plural = "abonnements"
        constraints = [
            models.UniqueConstraint(
                fields=["contrat", "courriel"],
                name="abonnement_unique",
                violation_error_message="Cette adresse est déjà abonnée.",
            ),
        ]

    def __str__(self) -> str:
        return f"Abonnement du {self.cree_le:%d/%m/%Y}"
