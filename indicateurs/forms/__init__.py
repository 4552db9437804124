from indicateurs.forms.base import ChampNombre, FormulaireReporte
from indicateurs.forms.definition import IndicateurForm
from indicateurs.forms.lien import LienForm
from indicateurs.forms.saisie import MesureForm, SurPlaceForm, ValeurNouvelleForm

__all__ = [
    "ChampNombre",
    "FormulaireReporte",
    "IndicateurForm",
    "LienForm",
    "MesureForm",
    "SurPlaceForm",
    "ValeurNouvelleForm",
]
