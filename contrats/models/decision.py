"""Ce qui a été décidé : le relevé de décisions d’une réunion."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Case, F, Q, When

from acteurs.models import Acteur, Suivi, historise
from cls_platform.socle.fonctions_sql import CleTri
from contrats.models.contrat import Contrat
from contrats.models.gouvernance import EtatReunion, Reunion


class StatutDecision(models.TextChoices):
    A_FAIRE = "A_FAIRE", "À faire"
    EN_COURS = "EN_COURS", "En cours"
    FAIT = "FAIT", "Fait"
    ANNULE = "ANNULE", "Annulé"


DECISIONS_OUVERTES = (StatutDecision.A_FAIRE, StatutDecision.EN_COURS)


def _en_retard(le: date) -> Q:
    return Q(echeance__lt=le, statut__in=DECISIONS_OUVERTES)


class DecisionReunionQuerySet(models.QuerySet["DecisionReunion"]):
    def suivis_par(self, utilisateur: Any) -> Self:
        suivis = Contrat.objects.suivis_par(utilisateur)
        return self.filter(reunion__instance__contrat__in=suivis)

    def avec_reunion(self) -> Self:
        return self.select_related("reunion__instance__contrat", "acteur", "modifie_par")

    def du_contrat(self, contrat: Contrat) -> Self:
        return self.filter(reunion__instance__contrat=contrat)

    def de_l_annee(self, annee: int) -> Self:
        """Prises à une réunion tenue cette année-là, de la plus ancienne à la plus récente."""
        tenues = self.filter(reunion__etat=EtatReunion.TENUE, reunion__date__year=annee)
        return tenues.select_related("reunion__instance", "acteur").order_by(
            "reunion__date", "reunion__heure", "reunion", "ordre", "pk"
        )

    def publiques(self) -> Self:
        """Prises devant le public."""
        return self.filter(reunion__est_publique=True)

    def en_attente(self) -> Self:
        return self.filter(statut__in=DECISIONS_OUVERTES)

    def closes(self) -> Self:
        return self.exclude(statut__in=DECISIONS_OUVERTES)

    def avec_retard(self, le: date) -> Self:
        """Avec `est_en_retard` : elle attend encore, et son échéance est passée."""
        return self.annotate(est_en_retard=Case(When(_en_retard(le), then=True), default=False))

    def en_retard(self, le: date) -> Self:
        return self.filter(_en_retard(le))

    def rechercher(self, texte: str) -> Self:
        """Le texte contient tous les mots, accents et majuscules ignorés."""
        tous = Q()
        for mot in texte.split():
            tous &= Q(en_mots__contains=CleTri(models.Value(mot)))
        return self.annotate(en_mots=CleTri("texte")).filter(tous)

    def dans_l_ordre(self) -> Self:
        return self.select_related("reunion__instance", "acteur").order_by("ordre", "cree_le", "pk")

    def pour_suivi(self) -> Self:
        """Celles qui attendent d’abord, l’échéance la plus ancienne en tête ; puis les closes."""
        rang = Case(When(statut__in=DECISIONS_OUVERTES, then=0), default=1)
        return self.avec_reunion().order_by(
            rang, F("echeance").asc(nulls_last=True), "-reunion__date", "ordre", "pk"
        )

    def rangees_par_contrat(self) -> Self:
        return self.order_by("reunion__instance__contrat", "reunion__date", "ordre", "pk")


@historise()
class DecisionReunion(Suivi):
    """Une ligne du relevé de décisions : quoi, par qui, pour quand."""

    reunion = models.ForeignKey(
        Reunion, verbose_name="réunion", on_delete=models.CASCADE, related_name="decisions"
    )
    texte = models.TextField("décision", max_length=2000)
    acteur = models.ForeignKey(
        Acteur,
        verbose_name="organisation qui s’en charge",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    echeance = models.DateField("échéance", null=True, blank=True)
    statut = models.CharField(
        "état", max_length=8, choices=StatutDecision, default=StatutDecision.A_FAIRE
    )
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    objects = DecisionReunionQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "décision"
        verbose_name_plural = "décisions"

    def __str__(self) -> str:
        return self.texte[:80]
