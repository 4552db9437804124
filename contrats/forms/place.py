"""Choisir où, dans le plan d’un contrat, va ce que l’on ajoute."""

from typing import Any

from django import forms

from contrats.forms.arbre import lieu_choisi, lieux
from contrats.forms.base import Formulaire
from contrats.models import Axe, Contrat, Objectif
from contrats.services.rangs import charpente_de


class FormulairePlace(Formulaire):
    """`lieu()` rend l’axe ou l’objectif choisi ; sans axe, None deux fois."""

    ou = forms.ChoiceField(label="Dans")

    def __init__(self, *args: Any, contrat: Contrat, **options: Any) -> None:
        super().__init__(*args, **options)
        self.contrat = contrat
        champ: Any = self.fields["ou"]
        champ.choices = lieux(charpente_de(contrat), sauf=set(), avec_sans_axe=True)

    def lieu(self) -> tuple[Axe | None, Objectif | None]:
        return lieu_choisi(self.contrat, self.cleaned_data["ou"])
