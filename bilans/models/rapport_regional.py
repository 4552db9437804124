"""Un rapport régional, ou national, demandé : son jour, ses données figées, son fichier."""

import uuid
from typing import Any, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.utils import timezone

from acteurs.models import Region, Utilisateur
from acteurs.ressort import Ressort
from cls_platform.socle.models import Travail


class RapportRegionalQuerySet(models.QuerySet["RapportRegional"]):
    def de(self, region: str) -> Self:
        """Ceux d’une région ; vide, ceux de la France."""
        return self.filter(region=region or None)

    def lisibles_dans(self, ressort: Ressort) -> Self:
        """Ceux de ses régions ; une délégation, ceux qui se limitent à elle. Les nationaux, tous.

        Un rapport de toute la région dit des contrats que la délégation ne suit pas.
        """
        if ressort.est_national:
            return self
        entieres = Q(region__in=ressort.regions_entieres)
        limites = Q(
            region__in=ressort.regions,
            delegations__contained_by=list(ressort.departements),
        ) & ~Q(delegations=[])
        nationaux = Q(region=None) if not ressort.est_vide else Q(pk=None)
        return self.filter(entieres | limites | nationaux)

    def avec_millesime(self) -> Self:
        """`millesime` : l’année de la population des données figées ; None si le rapport attend."""
        return self.annotate(millesime=KT("instantane__denominateurs__millesime_population"))

    def recents_d_abord(self) -> Self:
        lies = self.select_related("region", "travail", "demande_par").defer("instantane")
        return lies.avec_millesime().order_by("-cree_le", "pk")


class RapportRegional(models.Model):
    """`region` vide : la France. `delegations` : les départements dont il dit les contrats.

    Le fichier et ses données ne changent plus une fois faits ; `chemin` porte leur empreinte.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(
        Region,
        verbose_name="région",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rapports",
    )
    le = models.DateField("couverture au")
    delegations = ArrayField(
        models.CharField(max_length=3), verbose_name="délégations", default=list, blank=True
    )
    avec_montants = models.BooleanField("avec les montants", default=True)
    previent = models.BooleanField("prévenir par courriel", default=True)
    demande_par = models.ForeignKey(
        Utilisateur,
        verbose_name="demandé par",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    cree_le = models.DateTimeField("demandé le", default=timezone.now, editable=False)
    travail = models.ForeignKey(
        Travail, verbose_name="travail", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    arrete_le = models.DateField("données arrêtées le", null=True, editable=False)
    instantane = models.JSONField("données figées", null=True, blank=True, editable=False)
    chemin = models.CharField("fichier", max_length=200, blank=True, editable=False)
    sha256 = models.CharField("empreinte SHA-256", max_length=64, blank=True, editable=False)
    taille = models.PositiveIntegerField("taille (octets)", default=0, editable=False)
    pages = models.PositiveSmallIntegerField("pages", default=0, editable=False)

    objects = RapportRegionalQuerySet.as_manager()

    class Meta:
        verbose_name = "rapport régional"
        verbose_name_plural = "rapports régionaux"
        constraints = [
            models.CheckConstraint(
                condition=Q(chemin="")
                | (Q(instantane__isnull=False, arrete_le__isnull=False) & ~Q(sha256="")),
                name="rapport_fait_entier",
                violation_error_message="Un rapport fait garde ses données et son empreinte.",
            ),
            models.CheckConstraint(
                condition=Q(region__isnull=False) | Q(delegations=[]),
                name="rapport_national_entier",
                violation_error_message="Le rapport national ne se limite pas à une délégation.",
            ),
        ]
        indexes = [models.Index(fields=["region", "-cree_le"], name="rapport_par_region")]
        triggers = [
            pgtrigger.Protect(
                name="rapport_fige",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__chemin="")
                & (
                    pgtrigger.Q(old__instantane__df=pgtrigger.F("new__instantane"))
                    | pgtrigger.Q(old__sha256__df=pgtrigger.F("new__sha256"))
                    | pgtrigger.Q(old__chemin__df=pgtrigger.F("new__chemin"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Rapport {self.region_id or 'France'} au {self.le:%d/%m/%Y}"

    @property
    def est_fait(self) -> bool:
        return bool(self.chemin)

    @property
    def annee_de_population(self) -> str:
        """Le millésime sans ses exceptions : « 2023 ». Demande `avec_millesime`."""
        dit: str = getattr(self, "millesime", None) or ""
        return dit.split(" (", maxsplit=1)[0]

    @property
    def est_en_cours(self) -> bool:
        travail: Any = self.travail
        return travail is not None and not travail.est_fini
