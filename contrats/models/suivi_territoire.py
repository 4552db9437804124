"""Ce que l’agence suit d’un territoire : qui s’en occupe, jusqu’à quand il attend, ses notes.

Un territoire est un contrat, ou une intercommunalité dans une région : à cheval sur deux régions,
chaque agence a le sien.
"""

import uuid
from collections.abc import Collection
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from acteurs.models import Epci, Region, Suivi, Utilisateur, historise
from contrats.models.contrat import Contrat


class GenreNote(models.TextChoices):
    """Ce qu’une note change à la suite : la prochaine étape en dépend."""

    NOTE = "NOTE", "Note"
    RENCONTRE = "RENCONTRE", "Rencontre"
    ACCORD = "ACCORD", "Accord de principe"
    REFUS = "REFUS", "Refus pour l’instant"


class SuiviTerritoireQuerySet(models.QuerySet["SuiviTerritoire"]):
    def des_lignes(self, contrats: Collection[Any], regions: Collection[str]) -> Self:
        """Ceux de ces contrats, et des intercommunalités de ces régions."""
        des_epci = Q(epci__isnull=False, region__in=regions)
        return self.filter(Q(contrat__pk__anyof=contrats) | des_epci)

    def pour_liste(self) -> Any:
        """À plat, avec la dernière note."""
        dernieres = NoteTerritoire.objects.filter(suivi=models.OuterRef("pk")).recentes_d_abord()
        return self.annotate(
            note_le=models.Subquery(dernieres.values("le")[:1]),
            note_genre=models.Subquery(dernieres.values("genre")[:1]),
            note_texte=models.Subquery(dernieres.values("texte")[:1]),
        ).values(
            "contrat_id",
            "epci_id",
            "region_id",
            "version",
            "en_veille_jusqu_au",
            "referent_id",
            "referent__prenom",
            "referent__nom",
            "referent__email",
            "note_le",
            "note_genre",
            "note_texte",
        )


@historise()
class SuiviTerritoire(Suivi):
    """`en_veille_jusqu_au` : la ligne quitte la liste jusqu’à ce jour, puis y revient seule."""

    region = models.ForeignKey(
        Region, verbose_name="région", on_delete=models.PROTECT, related_name="suivis"
    )
    contrat = models.ForeignKey(
        Contrat,
        verbose_name="contrat",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="suivis_ars",
    )
    epci = models.ForeignKey(
        Epci,
        verbose_name="intercommunalité",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="suivis_ars",
    )
    referent = models.ForeignKey(
        Utilisateur,
        verbose_name="référent",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="territoires_suivis",
    )
    en_veille_jusqu_au = models.DateField("en veille jusqu’au", null=True, blank=True)

    objects = SuiviTerritoireQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "suivi d’un territoire"
        verbose_name_plural = "suivis des territoires"
        constraints = [
            *Suivi.Meta.constraints,
            models.CheckConstraint(
                condition=Q(contrat__isnull=False, epci=None) | Q(contrat=None, epci__isnull=False),
                name="suiviterritoire_un_seul_territoire",
                violation_error_message="Un suivi porte sur un contrat ou une intercommunalité.",
            ),
            models.UniqueConstraint(
                fields=["contrat"],
                condition=Q(contrat__isnull=False),
                name="suiviterritoire_contrat_unique",
                violation_error_message="Ce contrat a déjà son suivi.",
            ),
            models.UniqueConstraint(
                fields=["region", "epci"],
                condition=Q(epci__isnull=False),
                name="suiviterritoire_epci_unique",
                violation_error_message="Cette intercommunalité a déjà son suivi dans la région.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.contrat_id or self.epci_id)

    def est_en_veille(self, le: date) -> bool:
        return self.en_veille_jusqu_au is not None and self.en_veille_jusqu_au > le


class NoteTerritoireQuerySet(models.QuerySet["NoteTerritoire"]):
    def recentes_d_abord(self) -> Self:
        return self.order_by("-le", "-cree_le", "-pk")

    def pour_liste(self) -> Self:
        return self.select_related("par").recentes_d_abord()


class NoteTerritoire(models.Model):
    """Un échange daté. Une note ne se réécrit pas : la suivante la corrige."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    suivi = models.ForeignKey(
        SuiviTerritoire, verbose_name="suivi", on_delete=models.CASCADE, related_name="notes"
    )
    genre = models.CharField("genre", max_length=10, choices=GenreNote, default=GenreNote.NOTE)
    le = models.DateField("date")
    texte = models.TextField("texte")
    par = models.ForeignKey(
        Utilisateur,
        verbose_name="écrite par",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    cree_le = models.DateTimeField("écrite le", default=timezone.now, editable=False)

    objects = NoteTerritoireQuerySet.as_manager()

    class Meta:
        verbose_name = "note sur un territoire"
        verbose_name_plural = "notes sur les territoires"
        constraints = [
            models.CheckConstraint(
                condition=~Q(texte=""),
                name="noteterritoire_ecrite",
                violation_error_message="Écrivez ce qui s’est dit.",
            )
        ]
        indexes = [models.Index(fields=["suivi", "-le"], name="noteterritoire_recentes")]

    def __str__(self) -> str:
        return f"{self.le:%d/%m/%Y}"
