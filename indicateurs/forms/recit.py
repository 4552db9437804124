from typing import Any

from django import forms

from contrats.forms.base import ChampDate
from indicateurs.forms.base import FormulaireReporte
from indicateurs.models import Recit
from indicateurs.services.recits import ANNEE_MAX, ANNEE_MIN


class RecitForm(FormulaireReporte):
    """Ce qui explique la valeur d’une année, et le mot que l’on pose sur la courbe."""

    annee = forms.IntegerField(
        label="Année",
        min_value=ANNEE_MIN,
        max_value=ANNEE_MAX,
        widget=forms.NumberInput(attrs={"class": "courte"}),
    )
    texte = forms.CharField(
        label="Ce qui l’explique",
        max_length=2000,
        help_text="Ce qui s’est passé, en quelques phrases qu’un élu comprend sans vous.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    repere = forms.CharField(
        label="Repère sur la courbe",
        max_length=40,
        required=False,
        help_text="Deux ou trois mots, comme « bus santé ». Vide : rien n’est posé.",
    )
    date_repere = ChampDate(
        label="Date du repère", required=False, help_text="Comme 15/04/2025 ; avec un repère."
    )
    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def valeurs(self) -> dict[str, Any]:
        return {nom: v for nom, v in self.cleaned_data.items() if nom != "version"}


def initiales_de(recit: Recit) -> dict[str, Any]:
    return {nom: getattr(recit, nom) for nom in RecitForm.base_fields}
