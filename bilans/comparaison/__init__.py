"""Les bilans publiés d’un contrat, côte à côte : actions, indicateurs, argent, annonces.

Tout vient des données figées à la publication, jamais des tables d’aujourd’hui.
"""

from bilans.comparaison.calcul import comparer
from bilans.comparaison.formes import (
    ANNEES_AU_PLUS,
    ActionComparee,
    AnnoncesSuivies,
    Comparaison,
    Etat,
    EtatCompte,
    IndicateurCompare,
    Montants,
    Valeur,
)
from bilans.comparaison.lecture import bilans_comparables, lire_comparaison

__all__ = [
    "ANNEES_AU_PLUS",
    "ActionComparee",
    "AnnoncesSuivies",
    "Comparaison",
    "Etat",
    "EtatCompte",
    "IndicateurCompare",
    "Montants",
    "Valeur",
    "bilans_comparables",
    "comparer",
    "lire_comparaison",
]
