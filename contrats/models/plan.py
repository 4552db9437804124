from functools import cache
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from acteurs.models import Suivi, historise
from cls_platform.socle.requetes import Parametre, RequeteFigee, figer
from contrats.models.contrat import Contrat
from contrats.models.selections_plan import SelectionDuContrat


class NiveauObjectif(models.TextChoices):
    STRATEGIQUE = "STRATEGIQUE", "Objectif stratégique"
    OPERATIONNEL = "OPERATIONNEL", "Objectif opérationnel"
    GENERAL = "GENERAL", "Objectif général"
    SPECIFIQUE = "SPECIFIQUE", "Objectif spécifique"
    SOUS_AXE = "SOUS_AXE", "Sous-axe"


class DuContratQuerySet(SelectionDuContrat, models.QuerySet[Any]):
    """Ce qui appartient à un contrat se voit avec lui."""

    model: Any

    def visibles_par(self, utilisateur: Any) -> Self:
        return self.filter(contrat__in=Contrat.objects.visibles_par(utilisateur))

    def suivis_par(self, utilisateur: Any) -> Self:
        return self.filter(contrat__in=Contrat.objects.suivis_par(utilisateur))

    def dans_l_ordre(self) -> Self:
        return self.order_by("ordre", "numero", "pk")

    def charpente(self, contrat: Contrat) -> list[dict[str, Any]]:
        """Les axes, ou les objectifs, sous lesquels le plan range ses fiches ; une requête."""
        colonnes = self.model.COLONNES_DU_PLAN
        lignes = _charpente(self.model).lire(contrat=contrat.pk)
        return [dict(zip(colonnes, ligne, strict=True)) for ligne in lignes]


@cache
def _charpente(modele: Any) -> RequeteFigee:
    rangees = modele.objects.filter(contrat=Parametre("contrat")).dans_l_ordre()
    return figer(rangees.values_list(*modele.COLONNES_DU_PLAN))


@historise()
class Axe(Suivi):
    COLONNES_DU_PLAN = ("id", "numero", "titre")

    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="axes"
    )
    numero = models.CharField("numéro", max_length=20)
    titre = models.CharField("titre", max_length=250)
    titre_public = models.CharField("titre pour les habitants", max_length=120, blank=True)
    promesse = models.CharField("ce que cela change, en une phrase", max_length=250, blank=True)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    objects = DuContratQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "axe"
        verbose_name_plural = "axes"
        indexes = [models.Index(fields=["contrat", "ordre"], name="axe_ordre")]

    def __str__(self) -> str:
        return f"{self.numero}. {self.titre}"


@historise()
class Objectif(Suivi):
    """Un niveau du plan entre l’axe et les actions ; la profondeur est libre (`parent`)."""

    COLONNES_DU_PLAN = ("id", "axe_id", "parent_id", "numero", "titre")

    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="objectifs"
    )
    axe = models.ForeignKey(
        Axe,
        verbose_name="axe",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="objectifs",
    )
    parent = models.ForeignKey(
        "self",
        verbose_name="objectif parent",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="enfants",
    )
    niveau = models.CharField(
        "niveau", max_length=15, choices=NiveauObjectif, default=NiveauObjectif.OPERATIONNEL
    )
    numero = models.CharField("numéro", max_length=20)
    titre = models.CharField("titre", max_length=300)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    objects = DuContratQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "objectif"
        verbose_name_plural = "objectifs"
        constraints = [
            *Suivi.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="objectif_pas_son_parent",
                violation_error_message="Un objectif ne peut pas être son propre parent.",
            ),
        ]
        indexes = [models.Index(fields=["contrat", "ordre"], name="objectif_ordre")]

    def __str__(self) -> str:
        return f"{self.numero} {self.titre}"
