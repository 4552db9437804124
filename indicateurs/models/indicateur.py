from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from acteurs.models import Suivi, Utilisateur, historise
from cls_platform.socle.fonctions_sql import CleTri
from contrats.etats import StatutAction
from contrats.models import Action, Axe, Contrat, Objectif
from contrats.models.selections_plan import est_suivi
from indicateurs.models.catalogue import IndicateurModele
from indicateurs.models.vocabulaire import (
    Agregation,
    Calcul,
    MesureDePilotage,
    NiveauIndicateur,
    Periodicite,
    Sens,
    TypeIndicateur,
)


class IndicateurQuerySet(models.QuerySet["Indicateur"]):
    def suivis_par(self, utilisateur: Any) -> Self:
        return self.filter(contrat__in=Contrat.objects.suivis_par(utilisateur))

    def visibles_par(self, utilisateur: Any) -> Self:
        """Les indicateurs publiés des contrats publics, et ceux des contrats suivis."""
        return self.filter(
            Q(est_public=True, contrat__in=Contrat.objects.publics())
            | Q(contrat__in=Contrat.objects.suivis_par(utilisateur))
        )

    def publics(self) -> Self:
        return self.filter(est_public=True)

    def rechercher(self, texte: str) -> Self:
        """Un libellé qui contient tous les mots, accents et traits d’union ignorés."""
        requete = self.annotate(cle_libelle=CleTri("libelle"))
        for mot in texte.split():
            requete = requete.filter(cle_libelle__contains=CleTri(models.Value(mot)))
        return requete

    def ranges_par_contrat(self) -> Self:
        return self.order_by("contrat_id", "ordre", "libelle", "pk")

    def actions_visibles_de(self, indicateurs: Iterable[UUID], utilisateur: Any) -> models.QuerySet:
        """(indicateur, action) pour les actions que la personne peut voir, en une requête."""
        liens = self.model.actions.through.objects.filter(
            indicateur__in=indicateurs, action__in=Action.objects.visibles_par(utilisateur)
        )
        return liens.order_by("action_id").values_list("indicateur_id", "action_id")

    def liens_du_contrat(self, contrat: Contrat) -> models.QuerySet:
        """(action, indicateur) pour chaque action mesurée, sans regarder qui lit."""
        liens = self.model.actions.through.objects.filter(indicateur__contrat=contrat)
        return liens.order_by("pk").values_list("action_id", "indicateur_id")

    def attendus(self) -> Self:
        """Ceux que l’on saisit, sauf si toutes leurs actions sont abandonnées."""
        liees = Action.objects.filter(indicateurs=models.OuterRef("pk"))
        menees = liees.exclude(statut=StatutAction.ABANDONNEE)
        return self.filter(
            ~models.Exists(liees) | models.Exists(menees), calcul=Calcul.SAISIE
        ).dans_l_ordre()

    def pilotages(self) -> models.QuerySet:
        """(indicateur, personne pilote, organisation pilote, son nom) des actions menées."""
        liens = self.model.actions.through.objects.filter(indicateur__in=self)
        menees = liens.filter(action__in=Action.objects.exclude(statut=StatutAction.ABANDONNEE))
        return menees.order_by("pk").values_list(
            "indicateur_id",
            "action__pilote_personne_id",
            "action__pilote_id",
            "action__pilote__nom",
        )

    def de_l_action(self, action: Action) -> Self:
        return self.filter(actions=action)

    def hors_de_l_action(self, action: Action) -> Self:
        return self.exclude(actions=action)

    def dans_l_ordre(self) -> Self:
        return self.order_by("ordre", "libelle", "pk")

    def pour_liste(self) -> Self:
        return self.select_related("axe", "objectif", "modele").dans_l_ordre()

    def pour_definitions(self) -> Self:
        return self.select_related("modele", "responsable").dans_l_ordre()

    def pour_api(self, utilisateur: Any) -> Self:
        """Avec `est_suivi` : la personne lit aussi qui collecte."""
        return self.annotate(est_suivi=est_suivi(utilisateur))

    def venus_du_catalogue(self) -> Self:
        return self.filter(modele__isnull=False).select_related("modele").dans_l_ordre()

    def cibles_de(self, indicateurs: Iterable[UUID]) -> models.QuerySet:
        """(indicateur, année, valeur) de leurs cibles intermédiaires, en une requête."""
        attendues: Any = self.model._meta.get_field("cibles_intermediaires").related_model
        siennes = attendues._default_manager.filter(indicateur__in=indicateurs)
        return siennes.order_by("indicateur", "annee").values_list(
            "indicateur_id", "annee", "valeur"
        )

    def avec_cibles(self) -> Self:
        """Les cibles intermédiaires, en une requête pour toute la liste."""
        return self.prefetch_related("cibles_intermediaires")


@historise()
class Indicateur(Suivi):
    """Ce que l’on mesure dans un contrat, avec sa cible. `unite` accompagne toujours la valeur.

    `seuil`, `precision`, `cible` et la référence sont dans l’unité. `precision` : l’écart à la
    trajectoire que l’on ne tient pas pour un retard ou une avance.
    """

    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="indicateurs"
    )
    axe = models.ForeignKey(
        Axe,
        verbose_name="axe",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="indicateurs",
    )
    objectif = models.ForeignKey(
        Objectif,
        verbose_name="objectif",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="indicateurs",
    )
    actions = models.ManyToManyField(
        Action, verbose_name="actions liées", blank=True, related_name="indicateurs"
    )
    modele = models.ForeignKey(
        IndicateurModele,
        verbose_name="indicateur du catalogue",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    code = models.CharField("code", max_length=20, blank=True)
    libelle = models.CharField("libellé", max_length=200)
    libelle_public = models.CharField("libellé pour les habitants", max_length=200, blank=True)
    definition = models.TextField("définition", blank=True)
    type = models.CharField(
        "type", max_length=12, choices=TypeIndicateur, default=TypeIndicateur.REALISATION
    )
    unite = models.CharField("unité", max_length=40, default="nombre")
    sens = models.CharField("sens", max_length=7, choices=Sens, default=Sens.HAUSSE)
    agregation = models.CharField(
        "agrégation", max_length=16, choices=Agregation, default=Agregation.SOMME
    )
    periodicite = models.CharField(
        "périodicité", max_length=14, choices=Periodicite, default=Periodicite.ANNUELLE
    )
    niveau = models.CharField(
        "niveau territorial",
        max_length=15,
        choices=NiveauIndicateur,
        default=NiveauIndicateur.CLS,
    )
    source = models.CharField("source", max_length=200, blank=True)
    producteur = models.CharField("producteur", max_length=200, blank=True)
    limites = models.TextField("limites des données", blank=True)
    responsable = models.ForeignKey(
        Utilisateur,
        verbose_name="responsable de la collecte",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="indicateurs_collectes",
    )
    calcul = models.CharField("valeurs", max_length=10, choices=Calcul, default=Calcul.SAISIE)
    formule = models.CharField("formule", max_length=500, blank=True)
    pilotage = models.CharField(
        "calculé par la plateforme", max_length=24, choices=MesureDePilotage, blank=True
    )
    numerateur = models.CharField("numérateur", max_length=200, blank=True)
    denominateur = models.CharField("dénominateur", max_length=200, blank=True)
    decimales = models.PositiveSmallIntegerField("décimales affichées", default=0)
    valeur_reference = models.DecimalField(
        "valeur de référence", max_digits=14, decimal_places=4, null=True, blank=True
    )
    annee_reference = models.PositiveSmallIntegerField("année de référence", null=True, blank=True)
    cible = models.DecimalField("cible", max_digits=14, decimal_places=4, null=True, blank=True)
    annee_cible = models.PositiveSmallIntegerField("échéance de la cible", null=True, blank=True)
    seuil = models.DecimalField(
        "seuil d’alerte", max_digits=14, decimal_places=4, null=True, blank=True
    )
    precision = models.DecimalField(
        "précision", max_digits=14, decimal_places=4, null=True, blank=True
    )
    est_public = models.BooleanField("publié", default=True)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    objects = IndicateurQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "indicateur"
        verbose_name_plural = "indicateurs"
        constraints = [
            *Suivi.Meta.constraints,
            models.CheckConstraint(
                condition=Q(cible=None) | Q(annee_cible__isnull=False),
                name="indicateur_cible_datee",
                violation_error_message="Une cible a une échéance : indiquez l’année.",
            ),
            models.CheckConstraint(
                condition=Q(decimales__lte=4),
                name="indicateur_quatre_decimales",
                violation_error_message="Quatre décimales au plus.",
            ),
            models.CheckConstraint(
                condition=Q(precision=None) | Q(precision__gte=0),
                name="indicateur_precision_positive",
                violation_error_message="La précision est un écart : zéro ou plus.",
            ),
            models.CheckConstraint(
                condition=Q(calcul=Calcul.FORMULE, pilotage="") & ~Q(formule="")
                | Q(calcul=Calcul.PILOTAGE, formule="") & ~Q(pilotage="")
                | Q(calcul=Calcul.SAISIE, formule="", pilotage=""),
                name="indicateur_calcul_dit",
                violation_error_message=(
                    "Une valeur calculée a sa formule ; une valeur saisie n’en a pas."
                ),
            ),
            models.UniqueConstraint(
                fields=["contrat", "code"],
                condition=~Q(code=""),
                name="indicateur_code_unique",
                violation_error_message="Ce code est déjà celui d’un autre indicateur du contrat.",
            ),
        ]
        indexes = [models.Index(fields=["contrat", "ordre"], name="indicateur_ordre")]

    def __str__(self) -> str:
        return self.libelle

    @property
    def est_ratio(self) -> bool:
        return self.agregation == Agregation.RATIO

    @property
    def est_saisi(self) -> bool:
        return self.calcul == Calcul.SAISIE
