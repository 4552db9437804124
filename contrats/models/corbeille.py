"""La corbeille : ce qui y est n’est plus dans le plan, et peut y revenir."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import QuerySet

from acteurs.models import Utilisateur
from contrats.models.contrat import Contrat

JOURS_DE_CORBEILLE = 30


class LectureCorbeille(QuerySet[Any]):
    """À poser sur `Action.avec_corbeille` : les autres lectures ne voient pas la corbeille."""

    def jetees(self) -> Any:
        return self.exclude(corbeille_le=None)

    def jetees_du_contrat(self, contrat: Contrat) -> Any:
        """Les dernières jetées d’abord, avec leur place et qui les a jetées."""
        du_contrat = self.jetees().filter(contrat=contrat)
        lies = du_contrat.select_related("axe", "objectif", "corbeille_par")
        return lies.order_by("-corbeille_le", "pk")

    def perimees(self, le: datetime) -> Any:
        """À la corbeille depuis plus de trente jours."""
        return self.filter(corbeille_le__lt=le - timedelta(days=JOURS_DE_CORBEILLE))


class Corbeille(models.Model):
    corbeille_le = models.DateTimeField("mise à la corbeille le", null=True, editable=False)
    corbeille_par = models.ForeignKey(
        Utilisateur,
        verbose_name="mise à la corbeille par",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        abstract = True

    @property
    def effacee_le(self) -> datetime | None:
        """Le moment où la corbeille la laisse partir."""
        return self.corbeille_le and self.corbeille_le + timedelta(days=JOURS_DE_CORBEILLE)
