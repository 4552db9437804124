"""Les mots de l’argent sur lesquels repose le calcul."""

from django.db import models

# Le seul financeur qui a des missions
FIR = "fir"


class UniteBudget(models.TextChoices):
    EUROS = "EUROS", "Euros"
    ETP = "ETP", "Équivalents temps plein"


class MissionFir(models.TextChoices):
    """Missions du fonds d’intervention régional (CSP, art. L1435-8)."""

    M1 = "M1", "Promotion de la santé et prévention"
    M2 = "M2", "Parcours de santé coordonnés, qualité et sécurité de l’offre"
    M3 = "M3", "Permanence des soins et répartition des professionnels"
    M4 = "M4", "Efficience des structures et conditions de travail"
    M5 = "M5", "Démocratie sanitaire"


class StatutFinancement(models.TextChoices):
    PREVISIONNEL = "PREVISIONNEL", "Prévisionnel"
    DEMANDE = "DEMANDE", "Demandé"
    ACCORDE = "ACCORDE", "Accordé"
    VERSE = "VERSE", "Versé"
    REFUSE = "REFUSE", "Refusé"
