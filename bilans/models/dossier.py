"""Un dossier de fiches demandé en arrière-plan : ce qu’il contient, où il est, jusqu’à quand."""

import uuid
from datetime import datetime, timedelta
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from acteurs.models import Utilisateur
from bilans.dossier.sections import FormatDossier, SectionFiche
from cls_platform.socle.models import Travail
from contrats.models import Action, Contrat

DUREE_DE_GARDE = timedelta(days=7)


def dans_sept_jours() -> datetime:
    return timezone.now() + DUREE_DE_GARDE


class DossierFichesQuerySet(models.QuerySet["DossierFiches"]):
    def suivis_par(self, utilisateur: Any) -> Self:
        return self.filter(contrat__in=Contrat.objects.suivis_par(utilisateur))

    def en_garde(self, le: datetime | None = None) -> Self:
        return self.filter(expire_le__gt=le or timezone.now())

    def expires(self, le: datetime | None = None) -> Self:
        return self.filter(expire_le__lte=le or timezone.now())

    def demandes_par(self, utilisateur: Any, contrat: Contrat) -> Self:
        """Les siens sur ce contrat, le plus récent d’abord."""
        siens = self.filter(contrat=contrat, demande_par=utilisateur)
        return siens.select_related("travail").order_by("-cree_le", "pk")


class DossierFiches(models.Model):
    """`fiches` : celles qui y sont. Le fichier et sa ligne partent sept jours après la demande."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="dossiers"
    )
    demande_par = models.ForeignKey(
        Utilisateur, verbose_name="demandé par", on_delete=models.CASCADE, related_name="+"
    )
    titre = models.CharField("titre", max_length=150)
    format = models.CharField("format", max_length=4, choices=FormatDossier)
    reglages = models.JSONField("réglages")
    fiches = ArrayField(models.UUIDField(), verbose_name="fiches")
    travail = models.ForeignKey(
        Travail, verbose_name="travail", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    chemin = models.CharField("fichier", max_length=200, blank=True)
    sha256 = models.CharField("empreinte", max_length=64, blank=True)
    taille = models.PositiveIntegerField("taille (octets)", null=True)
    cree_le = models.DateTimeField("demandé le", default=timezone.now, editable=False)
    expire_le = models.DateTimeField("gardé jusqu’au", default=dans_sept_jours)

    objects = DossierFichesQuerySet.as_manager()

    class Meta:
        verbose_name = "dossier de fiches"
        verbose_name_plural = "dossiers de fiches"
        indexes = [models.Index(fields=["expire_le"], name="dossier_expire_le")]

    def __str__(self) -> str:
        return self.titre

    @property
    def a_des_montants(self) -> bool:
        return SectionFiche.BUDGET in self.reglages["sections"]

    def est_lisible_par(self, utilisateur: Any) -> bool:
        """Vrai si la personne lit chacune des fiches qui y sont, même mises à la corbeille depuis.

        Une fiche effacée, ou devenue réservée, ferme le dossier à qui ne la lirait pas.
        """
        du_contrat = Action.avec_corbeille.filter(contrat=self.contrat_id, pk__in=self.fiches)
        return du_contrat.lisibles_par(utilisateur).count() == len(self.fiches)
