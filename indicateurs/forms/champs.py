"""Les champs d’une définition : vides, ils disent ce que dit le catalogue."""

from typing import Any

from django import forms
from django.db import models

from indicateurs.forms.cibles import ANNEE_MAX, ANNEE_MIN

COMME_LE_CATALOGUE = "Ce qui est laissé vide plus bas est repris du catalogue."


class ChoixRepris(forms.ChoiceField):
    """Une liste ; sans choix, la valeur du catalogue ou celle d’office."""

    def __init__(self, label: str, choix: type[models.TextChoices], *, aide: str = "") -> None:
        super().__init__(
            label=label,
            choices=[("", "D’office, ou comme au catalogue"), *choix.choices],
            required=False,
            help_text=aide,
        )


def texte(label: str, longueur: int, *, aide: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=longueur, required=False, help_text=aide)


def zone(label: str, aide: str) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, help_text=aide, widget=forms.Textarea(attrs={"rows": 3})
    )


def annee(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=ANNEE_MIN,
        max_value=ANNEE_MAX,
        widget=forms.NumberInput(attrs={"class": "courte"}),
        error_messages={
            "invalid": "Écrivez une année sur quatre chiffres, comme 2026.",
            "min_value": f"Écrivez une année à partir de {ANNEE_MIN}.",
            "max_value": f"Écrivez une année jusqu’à {ANNEE_MAX}.",
        },
    )


def casier(label: str, queryset: Any) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        label=label, queryset=queryset, required=False, widget=forms.CheckboxSelectMultiple
    )
