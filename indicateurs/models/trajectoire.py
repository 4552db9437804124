"""Ce que l’on attend d’un indicateur, année après année, et ce que l’on raconte de sa courbe."""

from typing import Any, Self

from django.db import models

from acteurs.models import Suivi, historise
from contrats.models import Contrat
from indicateurs.models.indicateur import Indicateur


class CibleIntermediaireQuerySet(models.QuerySet["CibleIntermediaire"]):
    def chronologiques(self) -> Self:
        return self.order_by("indicateur", "annee")


@historise()
class CibleIntermediaire(Suivi):
    """La valeur attendue une année avant l’échéance de la cible, dans l’unité de l’indicateur."""

    indicateur = models.ForeignKey(
        Indicateur,
        verbose_name="indicateur",
        on_delete=models.CASCADE,
        related_name="cibles_intermediaires",
    )
    annee = models.PositiveSmallIntegerField("année")
    valeur = models.DecimalField("valeur attendue", max_digits=14, decimal_places=4)

    objects = CibleIntermediaireQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "cible intermédiaire"
        verbose_name_plural = "cibles intermédiaires"
        constraints = [
            *Suivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["indicateur", "annee"],
                name="cible_une_par_annee",
                violation_error_message="Cette année a déjà sa cible.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.annee} : {self.valeur}"


class RecitQuerySet(models.QuerySet["Recit"]):
    def suivis_par(self, utilisateur: Any) -> Self:
        return self.filter(indicateur__in=Indicateur.objects.suivis_par(utilisateur))

    def du_contrat(self, contrat: Contrat, annee: int | None = None) -> Self:
        """Tous ceux du contrat, ou ceux d’une année : ce qu’un bilan peut reprendre."""
        siens = self.filter(indicateur__contrat=contrat)
        return siens if annee is None else siens.filter(annee=annee)

    def ranges(self) -> Self:
        return self.order_by("indicateur", "annee")

    def recents_d_abord(self) -> Self:
        return self.select_related("modifie_par").order_by("indicateur", "-annee")


@historise()
class Recit(Suivi):
    """L’histoire derrière la courbe : ce qui explique la valeur d’une année, en quelques phrases.

    `repere` est écrit sur le graphique à `date_repere` : « bus santé, avril 2025 ».
    """

    indicateur = models.ForeignKey(
        Indicateur, verbose_name="indicateur", on_delete=models.CASCADE, related_name="recits"
    )
    annee = models.PositiveSmallIntegerField("année")
    texte = models.TextField("ce qui l’explique", max_length=2000)
    repere = models.CharField("repère sur la courbe", max_length=40, blank=True)
    date_repere = models.DateField("date du repère", null=True, blank=True)

    objects = RecitQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "histoire derrière la courbe"
        verbose_name_plural = "histoires derrière la courbe"
        constraints = [
            *Suivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["indicateur", "annee"],
                name="recit_un_par_annee",
                violation_error_message="Cette année a déjà son histoire.",
            ),
            models.CheckConstraint(
                condition=models.Q(repere="") | models.Q(date_repere__isnull=False),
                name="recit_repere_date",
                violation_error_message="Un repère sur la courbe a une date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicateur_id} {self.annee}"
