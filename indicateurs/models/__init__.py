from indicateurs.models.indicateur import (
    Agregation,
    Indicateur,
    IndicateurModele,
    Periodicite,
    Sens,
    TypeIndicateur,
)
from indicateurs.models.lien_action import LienIndicateurs
from indicateurs.models.mesure import QUALITES_SANS_VALEUR, Mesure, Qualite

__all__ = [
    "QUALITES_SANS_VALEUR",
    "Agregation",
    "Indicateur",
    "IndicateurModele",
    "LienIndicateurs",
    "Mesure",
    "Periodicite",
    "Qualite",
    "Sens",
    "TypeIndicateur",
]
