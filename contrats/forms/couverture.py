"""Les questions que l’on pose à la couverture ; elles tiennent dans l’adresse."""

from typing import Any

from django import forms
from django.utils import timezone

from contrats.couverture import Niveau, Variante
from contrats.forms.base import ChampDate, Formulaire

NIVEAUX_DU_TABLEAU = [(n.value, n.label) for n in (Niveau.REGION, Niveau.DEPARTEMENT, Niveau.EPCI)]


class FormulaireCouverture(Formulaire):
    le = ChampDate(label="Au", required=False)
    variante = forms.ChoiceField(label="Contrats comptés", choices=Variante.choices, required=False)
    niveau = forms.ChoiceField(label="Par", choices=NIVEAUX_DU_TABLEAU, required=False)

    def reponses(self) -> dict[str, Any]:
        """Aujourd’hui, contrats signés, par département, sauf avis contraire."""
        return {
            "le": self.cleaned_data["le"] or timezone.localdate(),
            "variante": self.cleaned_data["variante"] or Variante.SIGNE.value,
            "niveau": self.cleaned_data["niveau"] or Niveau.DEPARTEMENT.value,
        }
