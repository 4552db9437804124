"""Faire entrer ou sortir des communes : un groupe entier, ou commune par commune."""

from typing import Any

from django import forms

from acteurs.models import Commune, Departement, Epci
from contrats.forms.base import ChampDate, Formulaire


class FormulaireEntree(Formulaire):
    """Un seul des trois choix suffit ; `communes_choisies` rend les communes à faire entrer."""

    epci = forms.ModelChoiceField(
        Epci.objects.actuelles(), label="Intercommunalité", required=False
    )
    departement = forms.ModelChoiceField(
        Departement.objects.actuelles(), label="Département", required=False
    )
    communes = forms.ModelMultipleChoiceField(
        Commune.objects.actuelles(), label="Communes", required=False
    )
    date_entree = ChampDate(label="Date d’entrée")

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        choisies = donnees.get("communes")
        if not (donnees.get("epci") or donnees.get("departement") or choisies):
            self.add_error("communes", "Cochez au moins une commune.")
        return donnees

    def communes_choisies(self) -> list[Commune]:
        epci, departement = self.cleaned_data["epci"], self.cleaned_data["departement"]
        if epci:
            return list(epci.communes.actuelles())
        if departement:
            return list(departement.communes.actuelles())
        return list(self.cleaned_data["communes"])


class FormulaireSortie(Formulaire):
    communes = forms.ModelMultipleChoiceField(
        Commune.objects.all(),
        label="Communes",
        error_messages={"required": "Cochez au moins une commune."},
    )
    date_sortie = ChampDate(label="Date de sortie")
