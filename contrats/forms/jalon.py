"""Les étapes d’une action."""

from django import forms

from contrats.forms.base import ChampDate, Formulaire, FormulaireVersionne
from contrats.models import Jalon


class FormulaireJalon(Formulaire):
    modele = Jalon

    libelle = forms.CharField(label="Étape", max_length=250)
    echeance = ChampDate(label="Échéance", required=False)


class FormulaireBascule(FormulaireVersionne):
    """Le bouton d’une étape : `fait` présent quand elle vient d’être terminée."""

    fait = forms.BooleanField(required=False)
