"""La bibliothèque d’actions : ce que des contrats acceptent de montrer à ceux qui écrivent un plan.

Deux accords, fermés d’abord : celui du contrat, puis celui de chaque fiche.
"""

from typing import Any, Self

from django.db import models
from django.utils import timezone

from acteurs.models import Suivi, Utilisateur, historise
from contrats.models.action import Action
from contrats.models.contrat import Contrat


@historise()
class PartageBibliotheque(Suivi):
    """L’accord d’un contrat : ses fiches offertes se lisent dans la bibliothèque."""

    contrat = models.OneToOneField(
        Contrat,
        verbose_name="contrat",
        on_delete=models.CASCADE,
        related_name="bibliotheque",
    )
    est_ouvert = models.BooleanField("offre des fiches à la bibliothèque", default=False)

    class Meta(Suivi.Meta):
        verbose_name = "accord pour la bibliothèque"
        verbose_name_plural = "accords pour la bibliothèque"

    def __str__(self) -> str:
        return str(self.contrat_id)


class FicheOfferte(models.Model):
    """Une fiche que son contrat offre à la bibliothèque."""

    action = models.OneToOneField(
        Action,
        verbose_name="action",
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="offre",
    )
    offerte_le = models.DateTimeField("offerte le", default=timezone.now, editable=False)
    offerte_par = models.ForeignKey(
        Utilisateur,
        verbose_name="offerte par",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = "fiche offerte à la bibliothèque"
        verbose_name_plural = "fiches offertes à la bibliothèque"

    def __str__(self) -> str:
        return str(self.action_id)


class PanierQuerySet(models.QuerySet["FicheAuPanier"]):
    def de(self, utilisateur: Any) -> Self:
        """Ce que la personne a mis de côté et que la bibliothèque montre encore."""
        montrees = Action.objects.de_la_bibliotheque().order_by().values("pk")
        lues = self.filter(utilisateur=utilisateur, action__in=montrees)
        return lues.select_related("action__contrat__region").order_by("mise_le", "pk")


class FicheAuPanier(models.Model):
    """Une fiche de la bibliothèque qu’une personne met de côté pour un de ses plans."""

    utilisateur = models.ForeignKey(
        Utilisateur, verbose_name="personne", on_delete=models.CASCADE, related_name="panier"
    )
    action = models.ForeignKey(
        Action, verbose_name="action", on_delete=models.CASCADE, related_name="+"
    )
    mise_le = models.DateTimeField("mise au panier le", default=timezone.now, editable=False)

    objects = PanierQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche au panier"
        verbose_name_plural = "fiches au panier"
        constraints = [
            models.UniqueConstraint(
                fields=["utilisateur", "action"],
                name="panier_unique",
                violation_error_message="Cette fiche est déjà dans votre panier.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.utilisateur_id} {self.action_id}"


class InspirationQuerySet(models.QuerySet["Inspiration"]):
    def mention_de(self, action: Action) -> str:
        """Vide pour une fiche qui ne vient pas de la bibliothèque."""
        mentions = self.filter(action=action).values_list("mention", flat=True)
        return mentions.first() or ""


class Inspiration(models.Model):
    """D’où vient une fiche prise dans la bibliothèque ; la mention reste si la source disparaît."""

    action = models.OneToOneField(
        Action,
        verbose_name="action",
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="inspiration",
    )
    source = models.ForeignKey(
        Action,
        verbose_name="fiche d’origine",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    mention = models.CharField("mention", max_length=500)

    objects = InspirationQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche inspirée d’une autre"
        verbose_name_plural = "fiches inspirées d’une autre"

    def __str__(self) -> str:
        return self.mention
