"""Les champs qu’un contrat ajoute à ses fiches."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from acteurs.models import Suivi, historise
from contrats.models.action import Action
from contrats.models.contrat import Contrat
from contrats.models.histoire_liens_sql import DES_CHAMPS_LIBRES
from contrats.models.plan import DuContratQuerySet
from contrats.models.selections_plan import DUneActionQuerySet


class GenreChamp(models.TextChoices):
    TEXTE = "TEXTE", "Texte"
    NOMBRE = "NOMBRE", "Nombre"
    CHOIX = "CHOIX", "Choix dans une liste"
    DATE = "DATE", "Date"


class ChampLibreQuerySet(DuContratQuerySet):
    def ranges(self) -> Self:
        return self.order_by("ordre", "libelle", "pk")

    def actifs(self) -> Self:
        """Ceux que les fiches demandent, dans l’ordre choisi par le contrat."""
        return self.filter(est_actif=True).ranges()

    def avec_usage(self) -> Self:
        """Avec `nombre_valeurs` : sur combien de fiches le champ est rempli."""
        return self.annotate(nombre_valeurs=models.Count("valeurs")).ranges()


@historise()
class ChampLibre(Suivi):
    """Un champ propre à un contrat. Retiré, il disparaît des fiches et garde ses valeurs."""

    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="champs_libres"
    )
    libelle = models.CharField("nom du champ", max_length=80)
    genre = models.CharField("genre", max_length=6, choices=GenreChamp, default=GenreChamp.TEXTE)
    choix = ArrayField(
        models.CharField(max_length=80), verbose_name="choix possibles", default=list, blank=True
    )
    aide = models.CharField("aide", max_length=150, blank=True)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    est_actif = models.BooleanField("demandé sur les fiches", default=True)

    objects = ChampLibreQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "champ du contrat"
        verbose_name_plural = "champs du contrat"
        constraints = [
            *Suivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["contrat", "libelle"],
                name="champlibre_unique",
                violation_error_message="Ce contrat a déjà un champ de ce nom.",
            ),
        ]

    def __str__(self) -> str:
        return self.libelle


class ValeurLibreQuerySet(DUneActionQuerySet):
    def actives(self) -> Self:
        """Celles des champs encore demandés, dans leur ordre."""
        return self.filter(champ__est_actif=True).select_related("champ").order_by("champ__ordre")


@historise()
class ValeurLibre(models.Model):
    """La valeur d’un champ du contrat sur une fiche, écrite comme le demande son genre."""

    action = models.ForeignKey(
        Action, verbose_name="action", on_delete=models.CASCADE, related_name="valeurs_libres"
    )
    champ = models.ForeignKey(
        ChampLibre, verbose_name="champ", on_delete=models.CASCADE, related_name="valeurs"
    )
    valeur = models.TextField("valeur")

    objects = ValeurLibreQuerySet.as_manager()

    class Meta:
        verbose_name = "valeur d’un champ du contrat"
        verbose_name_plural = "valeurs des champs du contrat"
        constraints = [
            models.UniqueConstraint(
                fields=["action", "champ"],
                name="valeurlibre_unique",
                violation_error_message="Ce champ a déjà une valeur sur cette fiche.",
            )
        ]
        triggers = DES_CHAMPS_LIBRES

    def __str__(self) -> str:
        return self.valeur
