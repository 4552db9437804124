"""Le contenu d’une fiche action au-delà de l’essentiel : ce que demandent les modèles de fiche.

Champs et fréquences : comparaison de cinq modèles de fiche action de contrats locaux de santé.
"""

from django.db import models

from acteurs.models import Commune
from contrats.models.nomenclatures import (
    AxeOttawa,
    Determinant,
    Dispositif,
    ObjectifRegional,
    SousTheme,
    TypeAction,
)


class Priorite(models.TextChoices):
    ELEVE = "ELEVE", "Élevée"
    MOYEN = "MOYEN", "Moyenne"
    BAS = "BAS", "Basse"


class OrigineAction(models.TextChoices):
    NOUVELLE = "NOUVELLE", "Action nouvelle"
    EXISTANTE = "EXISTANTE", "Action déjà engagée, intégrée au contrat"
    RECONDUITE = "RECONDUITE", "Action reconduite du contrat précédent"


class NiveauPrevention(models.TextChoices):
    PRIMAIRE = "PRIMAIRE", "Prévention primaire"
    SECONDAIRE = "SECONDAIRE", "Prévention secondaire"
    TERTIAIRE = "TERTIAIRE", "Prévention tertiaire"
    PROMOTION = "PROMOTION", "Promotion de la santé"


class NiveauParticipation(models.TextChoices):
    AUCUNE = "AUCUNE", "Pas de participation"
    INFORMATION = "INFORMATION", "Information"
    CONSULTATION = "CONSULTATION", "Consultation"
    CONCERTATION = "CONCERTATION", "Concertation"
    CO_CONSTRUCTION = "CO_CONSTRUCTION", "Co-construction"


class FicheComplete(models.Model):
    """Tout est facultatif : une fiche se remplit peu à peu, et chaque contrat a ses habitudes."""

    objectif_general = models.TextField("objectif général", blank=True)
    objectifs_operationnels = models.TextField(
        "objectifs opérationnels", blank=True, help_text="Un par ligne."
    )
    modalites_evaluation = models.TextField("modalités d’évaluation", blank=True)
    moyens = models.TextField("moyens humains et matériels", blank=True)
    freins = models.TextField("freins", blank=True)
    leviers = models.TextField("leviers", blank=True)
    echeancier = models.TextField("échéancier", blank=True)
    est_annuelle = models.BooleanField("se répète tous les ans", default=False)
    quartiers = models.CharField("quartiers prioritaires et lieux", max_length=250, blank=True)
    communes = models.ManyToManyField(Commune, verbose_name="communes concernées", blank=True)
    services_pilotes = models.CharField("services pilotes", max_length=150, blank=True)
    pilote_nom = models.CharField("personne pilote sans compte", max_length=120, blank=True)
    elu_referent = models.CharField("élu référent ou élue référente", max_length=120, blank=True)
    instance = models.CharField("instance de suivi", max_length=150, blank=True)
    priorite = models.CharField("priorité", max_length=5, choices=Priorite, blank=True)
    origine = models.CharField("origine", max_length=10, choices=OrigineAction, blank=True)
    action_precedente = models.ForeignKey(
        "self",
        verbose_name="action qu’elle prolonge",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="suites",
    )
    niveau_prevention = models.CharField(
        "niveau de prévention", max_length=10, choices=NiveauPrevention, blank=True
    )
    participation = models.CharField(
        "participation des habitants", max_length=15, choices=NiveauParticipation, blank=True
    )
    participation_detail = models.TextField("comment les habitants participent", blank=True)
    sous_themes = models.ManyToManyField(SousTheme, verbose_name="sous-thèmes", blank=True)
    determinants = models.ManyToManyField(
        Determinant, verbose_name="déterminants de santé", blank=True
    )
    types_action = models.ManyToManyField(TypeAction, verbose_name="types d’action", blank=True)
    ottawa = models.ManyToManyField(AxeOttawa, verbose_name="charte d’Ottawa", blank=True)
    objectifs_regionaux = models.ManyToManyField(
        ObjectifRegional, verbose_name="objectifs du projet régional de santé", blank=True
    )
    dispositifs = models.ManyToManyField(Dispositif, verbose_name="autres plans", blank=True)
    autres_plans = models.CharField("précisions sur les autres plans", max_length=250, blank=True)
    est_restreinte = models.BooleanField("lue par l’équipe du plan seulement", default=False)

    class Meta:
        abstract = True
