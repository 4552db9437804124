"""Du besoin à l’effet : ce que le diagnostic constate, et ce que chaque action doit changer."""

from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from acteurs.models import Suivi, historise
from contrats.models import Action, Contrat, Objectif
from indicateurs.models.indicateur import Indicateur


class BesoinQuerySet(models.QuerySet["Besoin"]):
    def suivis_par(self, utilisateur: Any) -> Self:
        return self.filter(contrat__in=Contrat.objects.suivis_par(utilisateur))

    def dans_l_ordre(self) -> Self:
        return self.order_by("ordre", "libelle", "pk")

    def ranges_par_contrat(self) -> Self:
        return self.order_by("contrat_id", "ordre", "libelle", "pk")

    def reponses_du_contrat(self, contrat: Contrat) -> models.QuerySet:
        """(besoin, objectif) pour chaque réponse du plan à un besoin."""
        return self._reponses(besoin__contrat=contrat)

    def reponses_de(self, besoins: Iterable[UUID]) -> models.QuerySet:
        return self._reponses(besoin__in=list(besoins))

    def _reponses(self, **lesquelles: Any) -> models.QuerySet:
        liens = self.model.objectifs.through.objects.filter(**lesquelles)
        return liens.order_by("pk").values_list("besoin_id", "objectif_id")


@historise()
class Besoin(Suivi):
    """Un constat du diagnostic partagé auquel des objectifs du plan répondent."""

    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="besoins"
    )
    libelle = models.CharField("besoin", max_length=300)
    constat = models.TextField("constat du diagnostic", blank=True)
    source = models.CharField("source", max_length=200, blank=True)
    objectifs = models.ManyToManyField(
        Objectif, verbose_name="objectifs qui y répondent", blank=True, related_name="besoins"
    )
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    objects = BesoinQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "besoin"
        verbose_name_plural = "besoins"
        indexes = [models.Index(fields=["contrat", "ordre"], name="besoin_ordre")]

    def __str__(self) -> str:
        return self.libelle


class TypeEffet(models.TextChoices):
    IMMEDIAT = "IMMEDIAT", "Effet immédiat"
    INTERMEDIAIRE = "INTERMEDIAIRE", "Effet intermédiaire"
    FINAL = "FINAL", "Effet final"


class Confiance(models.TextChoices):
    """Ce qui fait dire que l’action produit l’effet."""

    SUPPOSEE = "SUPPOSEE", "Supposé"
    PROBABLE = "PROBABLE", "Probable"
    ETABLIE = "ETABLIE", "Établi"


class EffetQuerySet(models.QuerySet["Effet"]):
    def du_contrat(self, contrat: Contrat) -> Self:
        return self.filter(indicateur__contrat=contrat)

    def suivis_par(self, utilisateur: Any) -> Self:
        """Ceux des contrats suivis, sans ceux d’une fiche réservée à d’autres."""
        return self.filter(action__in=Action.objects.suivis_par(utilisateur))

    def encore_relies(self) -> Self:
        """Un effet se tait dès que l’indicateur ne mesure plus l’action ; relié, il revient."""
        liens = Indicateur.actions.through.objects.filter(
            action=models.OuterRef("action"), indicateur=models.OuterRef("indicateur")
        )
        return self.filter(models.Exists(liens))

    def ranges_par_action(self) -> Self:
        return self.order_by("action_id", "indicateur_id", "pk")


@historise()
class Effet(Suivi):
    """Ce que l’action doit changer, lu sur cet indicateur ; le lien entre les deux existe déjà."""

    action = models.ForeignKey(
        Action, verbose_name="action", on_delete=models.CASCADE, related_name="effets"
    )
    indicateur = models.ForeignKey(
        Indicateur, verbose_name="indicateur", on_delete=models.CASCADE, related_name="effets"
    )
    type = models.CharField(
        "type d’effet", max_length=13, choices=TypeEffet, default=TypeEffet.IMMEDIAT
    )
    confiance = models.CharField(
        "confiance", max_length=8, choices=Confiance, default=Confiance.SUPPOSEE
    )
    explication = models.TextField("comment l’action y contribue", max_length=1000, blank=True)

    objects = EffetQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "effet attendu"
        verbose_name_plural = "effets attendus"
        constraints = [
            *Suivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["action", "indicateur"],
                name="effet_un_par_lien",
                violation_error_message="Cet effet est déjà décrit.",
            ),
            models.CheckConstraint(
                condition=Q(confiance=Confiance.SUPPOSEE) | ~Q(explication=""),
                name="effet_confiance_expliquee",
                violation_error_message=(
                    "Dites ce qui rend cet effet probable ou établi : une étude, une évaluation."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} → {self.indicateur_id}"
