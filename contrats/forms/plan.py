"""Les niveaux du plan : un axe, un objectif."""

from typing import Any

from django import forms

from contrats.forms.base import Formulaire
from contrats.models import Axe, Contrat, NiveauObjectif, Objectif


class FormulaireAxe(Formulaire):
    modele = Axe

    titre = forms.CharField(label="Titre", max_length=250)
    titre_public = forms.CharField(
        label="Titre pour les habitants",
        max_length=120,
        required=False,
        help_text="En mots de tous les jours, sans sigle.",
    )
    promesse = forms.CharField(
        label="Ce que cela change, en une phrase", max_length=250, required=False
    )


class FormulaireObjectif(Formulaire):
    modele = Objectif

    numero = forms.CharField(label="Numéro", max_length=20, help_text="Par exemple 1.2.")
    titre = forms.CharField(label="Titre", max_length=300)
    axe = forms.ModelChoiceField(
        Axe.objects.none(), label="Axe", required=False, empty_label="Sans axe"
    )
    parent = forms.ModelChoiceField(
        Objectif.objects.none(),
        label="Sous l’objectif",
        required=False,
        empty_label="Directement sous l’axe",
    )
    niveau = forms.ChoiceField(
        label="Niveau", choices=NiveauObjectif.choices, initial=NiveauObjectif.OPERATIONNEL
    )

    def __init__(self, *args: Any, contrat: Contrat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champs: dict[str, Any] = self.fields
        champs["axe"].queryset = contrat.axes.dans_l_ordre()
        champs["parent"].queryset = contrat.objectifs.dans_l_ordre()
