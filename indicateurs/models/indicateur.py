from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from acteurs.models import Suivi, historise
from cls_platform.socle.fonctions_sql import CleTri
from cls_platform.socle.models import Nomenclature
from contrats.models import Action, Axe, Contrat


class TypeIndicateur(models.TextChoices):
    CONTEXTE = "CONTEXTE", "Contexte (territorial)"
    REALISATION = "REALISATION", "Processus ou réalisation"
    RESULTAT = "RESULTAT", "Résultat"
    IMPACT = "IMPACT", "Impact"


class Sens(models.TextChoices):
    HAUSSE = "HAUSSE", "Une hausse est favorable"
    BAISSE = "BAISSE", "Une baisse est favorable"
    NEUTRE = "NEUTRE", "Sans sens favorable"


class Agregation(models.TextChoices):
    SOMME = "SOMME", "Somme"
    MOYENNE = "MOYENNE", "Moyenne"
    DERNIERE_VALEUR = "DERNIERE_VALEUR", "Dernière valeur"
    RATIO = "RATIO", "Rapport de deux nombres"
    NON_AGREGABLE = "NON_AGREGABLE", "Ne s’additionne pas"


class Periodicite(models.TextChoices):
    PONCTUELLE = "PONCTUELLE", "Une seule fois"
    MENSUELLE = "MENSUELLE", "Chaque mois"
    TRIMESTRIELLE = "TRIMESTRIELLE", "Chaque trimestre"
    SEMESTRIELLE = "SEMESTRIELLE", "Chaque semestre"
    ANNUELLE = "ANNUELLE", "Chaque année"
    PLURIANNUELLE = "PLURIANNUELLE", "Tous les deux ans ou plus"


class IndicateurModele(Nomenclature):
    """Un indicateur du catalogue : on le choisit, puis on l’adapte au contrat."""

    type = models.CharField("type", max_length=12, choices=TypeIndicateur)
    unite = models.CharField("unité", max_length=40)
    sens = models.CharField("sens", max_length=7, choices=Sens)
    source = models.CharField("source", max_length=120)
    niveau = models.CharField("niveau", max_length=15)
    agregation = models.CharField("agrégation", max_length=16, choices=Agregation)
    numerateur = models.CharField("numérateur", max_length=200, blank=True)
    denominateur = models.CharField("dénominateur", max_length=200, blank=True)
    definition = models.TextField("définition", blank=True)
    seuil = models.DecimalField("seuil", max_digits=12, decimal_places=4, null=True, blank=True)

    class Meta:
        verbose_name = "indicateur du catalogue"
        verbose_name_plural = "indicateurs du catalogue"


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

    def de_l_action(self, action: Action) -> Self:
        return self.filter(actions=action)

    def hors_de_l_action(self, action: Action) -> Self:
        return self.exclude(actions=action)

    def dans_l_ordre(self) -> Self:
        return self.order_by("ordre", "libelle", "pk")

    def pour_liste(self) -> Self:
        return self.select_related("axe", "modele").dans_l_ordre()


@historise()
class Indicateur(Suivi):
    """Ce que l’on mesure dans un contrat, avec sa cible. `unite` accompagne toujours la valeur."""

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
    source = models.CharField("source", max_length=200, blank=True)
    numerateur = models.CharField("numérateur", max_length=200, blank=True)
    denominateur = models.CharField("dénominateur", max_length=200, blank=True)
    decimales = models.PositiveSmallIntegerField("décimales affichées", default=0)
    valeur_reference = models.DecimalField(
        "valeur de référence", max_digits=14, decimal_places=4, null=True, blank=True
    )
    annee_reference = models.PositiveSmallIntegerField("année de référence", null=True, blank=True)
    cible = models.DecimalField("cible", max_digits=14, decimal_places=4, null=True, blank=True)
    annee_cible = models.PositiveSmallIntegerField("échéance de la cible", null=True, blank=True)
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
        ]
        indexes = [models.Index(fields=["contrat", "ordre"], name="indicateur_ordre")]

    def __str__(self) -> str:
        return self.libelle

    @property
    def est_ratio(self) -> bool:
        return self.agregation == Agregation.RATIO
