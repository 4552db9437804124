"""Le nom d’une vue enregistrée, et qui la voit."""

from typing import Any

from django import forms

from contrats.forms.base import Formulaire
from contrats.models import VueEnregistree


class FormulaireVue(Formulaire):
    """`peut_partager` : sans ce droit, la case n’est pas proposée."""

    modele = VueEnregistree

    nom = forms.CharField(
        label="Nom de la vue",
        max_length=80,
        help_text="Par exemple «\u00a0En retard, sans pilote\u00a0».",
    )
    est_partagee = forms.BooleanField(label="La partager avec l’équipe du contrat", required=False)

    def __init__(self, *args: Any, peut_partager: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not peut_partager:
            del self.fields["est_partagee"]

    def valeurs(self) -> dict[str, Any]:
        garde = bool(self.initial.get("est_partagee"))
        return {"est_partagee": garde, **super().valeurs()}
