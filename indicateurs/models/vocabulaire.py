"""Les mots d’un indicateur : ce qu’il mesure, comment ses valeurs se lisent et s’ajoutent."""

from django.db import models


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


class NiveauIndicateur(models.TextChoices):
    """Le plus fin des territoires que ses valeurs décrivent."""

    ACTION = "ACTION", "Une action"
    QPV = "QPV", "Un quartier prioritaire"
    COMMUNE = "COMMUNE", "Une commune"
    EPCI = "EPCI", "Une intercommunalité"
    CLS = "CLS", "Le territoire du contrat"
    DEPARTEMENT = "DEPARTEMENT", "Un département"
    REGION = "REGION", "Une région"


class Calcul(models.TextChoices):
    """D’où viennent les valeurs d’un indicateur ; celles d’un calcul ne se saisissent pas."""

    SAISIE = "SAISIE", "Saisies"
    FORMULE = "FORMULE", "Calculées d’après d’autres indicateurs"
    PILOTAGE = "PILOTAGE", "Calculées d’après le suivi du contrat"


class MesureDePilotage(models.TextChoices):
    """Ce que la plateforme compte elle-même : plan, budget, réunions, couverture."""

    ACTIONS_ENGAGEES = "ACTIONS_ENGAGEES", "Actions en cours ou réalisées"
    ACTIONS_REALISEES = "ACTIONS_REALISEES", "Actions réalisées"
    ACTIONS_ABANDONNEES = "ACTIONS_ABANDONNEES", "Actions abandonnées"
    REUNIONS_TENUES = "REUNIONS_TENUES", "Réunions d’instance tenues"
    PARTENAIRES_MOBILISES = "PARTENAIRES_MOBILISES", "Partenaires mobilisés"
    BUDGET_EXECUTE = "BUDGET_EXECUTE", "Budget réalisé sur budget prévu"
    ACTIONS_AVEC_HABITANTS = "ACTIONS_AVEC_HABITANTS", "Actions associant les habitants"
    ETP_COORDINATION = "ETP_COORDINATION", "Temps de coordination"
    POPULATION_COUVERTE = "POPULATION_COUVERTE", "Population couverte par un contrat"
    COMMUNES_COUVERTES = "COMMUNES_COUVERTES", "Communes couvertes par un contrat"
