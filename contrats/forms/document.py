"""Joindre un fichier à une action, ou changer son titre."""

from typing import Any

from django import forms

from contrats.forms.base import Formulaire, FormulaireVersionne
from contrats.models import DocumentAction
from contrats.types_de_fichier import ACCEPTES, EXTENSIONS, refus


class FormulaireDocument(Formulaire):
    modele = DocumentAction

    fichier = forms.FileField(
        label="Fichier",
        help_text=f"20 Mo au plus. Types acceptés : {EXTENSIONS}.",
        widget=forms.FileInput(attrs={"accept": ACCEPTES}),
        allow_empty_file=True,
    )
    titre = forms.CharField(
        label="Titre", max_length=200, required=False, help_text="Vide : le nom du fichier."
    )

    def clean_fichier(self) -> Any:
        fichier = self.cleaned_data["fichier"]
        if message := refus(fichier.name, fichier.size, fichier):
            raise forms.ValidationError(message, code="invalid")
        return fichier


class FormulaireTitre(FormulaireVersionne):
    modele = DocumentAction

    titre = forms.CharField(label="Titre", max_length=200)
