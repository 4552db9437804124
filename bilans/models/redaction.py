"""Autour de l’écriture : sigles tranchés, lien pour écrire l’édito, annonces et leur devenir."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from acteurs.models import Suivi, Utilisateur, historise
from bilans.models.bilan import Bilan
from contrats.models import Contrat


class ChoixSigle(models.TextChoices):
    SENS = "SENS", "Un des sens connus"
    EXPLIQUE = "EXPLIQUE", "Expliqué par l’équipe"
    LAISSE = "LAISSE", "Laissé tel quel"


@historise()
class DecisionSigle(Suivi):
    """Ce que l’équipe a décidé d’un sigle du bilan. `par_nom` : qui le laisse tel quel.

    SENS : `terme` est l’un des sens connus du lexique. EXPLIQUE : `terme` est écrit par l’équipe.
    """

    bilan = models.ForeignKey(
        Bilan, verbose_name="bilan", on_delete=models.CASCADE, related_name="decisions_sigles"
    )
    sigle = models.CharField("sigle", max_length=20)
    choix = models.CharField("choix", max_length=8, choices=ChoixSigle)
    terme = models.CharField("en toutes lettres", max_length=250, blank=True)
    explication = models.CharField("en mots simples", max_length=250, blank=True)
    raison = models.CharField("pourquoi le laisser", max_length=250, blank=True)
    par_nom = models.CharField("décidé par", max_length=160)

    class Meta(Suivi.Meta):
        verbose_name = "décision sur un sigle"
        verbose_name_plural = "décisions sur les sigles"
        constraints = [
            *Suivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["bilan", "sigle"],
                name="decision_sigle_unique",
                violation_error_message="Ce sigle est déjà tranché.",
            ),
            models.CheckConstraint(
                condition=Q(choix="LAISSE") | ~Q(terme=""),
                name="decision_sigle_terme",
                violation_error_message="Écrivez le sigle en toutes lettres.",
            ),
            models.CheckConstraint(
                condition=~Q(choix="LAISSE") | ~Q(raison=""),
                name="decision_sigle_raison",
                violation_error_message="Dites pourquoi ce sigle peut rester sans explication.",
            ),
        ]

    def __str__(self) -> str:
        return self.sigle


class LienEditoQuerySet(models.QuerySet["LienEdito"]):
    def suivis_par(self, utilisateur: Any) -> Self:
        return self.filter(bilan__contrat__in=Contrat.objects.suivis_par(utilisateur))

    def valables(self) -> Self:
        return self.filter(revoque_le=None, expire_le__gt=timezone.now())

    def ouvert_par(self, empreinte: str) -> Self:
        lies = self.valables().filter(empreinte=empreinte)
        return lies.select_related("bilan__contrat", "cree_par")


class LienEdito(models.Model):
    """Un lien donné à l’élu ou à l’élue pour écrire son mot, sans compte.

    `empreinte` : SHA-256 du secret, que personne ne reverra. `envoye_le` : le dernier courriel ;
    l’adresse à qui il est parti n’est gardée nulle part.
    """

    bilan = models.ForeignKey(
        Bilan, verbose_name="bilan", on_delete=models.CASCADE, related_name="liens_edito"
    )
    nom = models.CharField("pour qui", max_length=160)
    empreinte = models.CharField(max_length=64, unique=True, editable=False)
    envoye_le = models.DateTimeField("parti par courriel le", null=True, blank=True)
    expire_le = models.DateTimeField("expire le")
    revoque_le = models.DateTimeField("révoqué le", null=True, blank=True)
    ouvert_le = models.DateTimeField("ouvert pour la dernière fois le", null=True, blank=True)
    cree_le = models.DateTimeField("créé le", default=timezone.now, editable=False)
    cree_par = models.ForeignKey(
        Utilisateur,
        verbose_name="créé par",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = LienEditoQuerySet.as_manager()

    class Meta:
        verbose_name = "lien pour écrire l’édito"
        verbose_name_plural = "liens pour écrire l’édito"

    def __str__(self) -> str:
        return self.nom


class Devenir(models.TextChoices):
    TENU = "TENU", "C’est fait"
    EN_PARTIE = "EN_PARTIE", "C’est fait en partie"
    REPORTE = "REPORTE", "C’est reporté"
    ABANDONNE = "ABANDONNE", "C’est abandonné"


class AnnonceBilanQuerySet(models.QuerySet["AnnonceBilan"]):
    def suivies_par(self, utilisateur: Any) -> Self:
        suivies = self.filter(bilan__contrat__in=Contrat.objects.suivis_par(utilisateur))
        return suivies.select_related("bilan__contrat", "modifie_par")

    def dans_l_ordre(self) -> Self:
        return self.order_by("ordre", "cree_le", "pk")


@historise()
class AnnonceBilan(Suivi):
    """Ce que ce bilan reprend du bilan d’avant, et ce qu’il en est advenu."""

    bilan = models.ForeignKey(
        Bilan, verbose_name="bilan", on_delete=models.CASCADE, related_name="annonces"
    )
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    texte = models.CharField("ce qui était annoncé", max_length=600)
    devenir = models.CharField("ce que c’est devenu", max_length=9, choices=Devenir, blank=True)
    explication = models.CharField("en une phrase", max_length=600, blank=True)

    objects = AnnonceBilanQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "annonce du bilan précédent"
        verbose_name_plural = "annonces du bilan précédent"

    def __str__(self) -> str:
        return self.texte[:60]
