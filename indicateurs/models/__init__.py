from indicateurs.models.beneficiaires import Beneficiaires
from indicateurs.models.catalogue import IndicateurModele
from indicateurs.models.chaine import Besoin, Confiance, Effet, TypeEffet
from indicateurs.models.evaluation import (
    CritereEvaluation,
    EtapeEvaluation,
    Evaluation,
    MomentEvaluation,
    QuestionEvaluative,
    Recommandation,
    SuiteDonnee,
)
from indicateurs.models.indicateur import Indicateur
from indicateurs.models.lien_action import LienIndicateurs
from indicateurs.models.mesure import NIVEAUX_DE_MESURE, QUALITES_SANS_VALEUR, Mesure, Qualite
from indicateurs.models.trajectoire import CibleIntermediaire, Recit
from indicateurs.models.ventilation import Dimension, Modalite, Ventilation
from indicateurs.models.vocabulaire import (
    Agregation,
    Calcul,
    MesureDePilotage,
    NiveauIndicateur,
    Periodicite,
    Sens,
    TypeIndicateur,
)

__all__ = [
    "NIVEAUX_DE_MESURE",
    "QUALITES_SANS_VALEUR",
    "Agregation",
    "Beneficiaires",
    "Besoin",
    "Calcul",
    "CibleIntermediaire",
    "Confiance",
    "CritereEvaluation",
    "Dimension",
    "Effet",
    "EtapeEvaluation",
    "Evaluation",
    "Indicateur",
    "IndicateurModele",
    "LienIndicateurs",
    "Mesure",
    "MesureDePilotage",
    "Modalite",
    "MomentEvaluation",
    "NiveauIndicateur",
    "Periodicite",
    "Qualite",
    "QuestionEvaluative",
    "Recit",
    "Recommandation",
    "Sens",
    "SuiteDonnee",
    "TypeEffet",
    "TypeIndicateur",
    "Ventilation",
]
