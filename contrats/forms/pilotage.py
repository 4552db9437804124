"""La question du pilotage : quels contrats, quelle année d’argent. La page et l’API la posent."""

from typing import Any

from django import forms

from acteurs.models import Departement
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.filtres_argent import ANNEES
from contrats.forms.base import Formulaire
from contrats.forms.couverture import ChampChoix, ChampCode
from contrats.pilotage.ensemble import Situation


class QuestionDuPilotage(Formulaire):
    """Sans réponse : les contrats ouverts de toute la région, toutes années."""

    situation = ChampChoix(label="Contrats", choices=Situation.choices, required=False)
    departement = ChampCode(modele=Departement, exemple="29 pour le Finistère")
    annee = forms.IntegerField(
        label="Année",
        required=False,
        min_value=ANNEES["min_value"],
        max_value=ANNEES["max_value"],
    )
    contrat = forms.UUIDField(label="Contrat", required=False)

    def exiger(self) -> dict[str, Any]:
        """Ce que prend `ensemble`. Lève DonneesRefusees (400) en nommant ce qui est mal écrit."""
        if not self.is_valid():
            champs = {n: [str(p) for p in phrases] for n, phrases in self.errors.items()}
            raise DonneesRefusees(" ".join(p for v in champs.values() for p in v), champs=champs)
        return {
            "situation": self.cleaned_data["situation"] or Situation.OUVERTS.value,
            "departement": self.cleaned_data["departement"],
            "annee": self.cleaned_data["annee"],
            "contrat": self.cleaned_data["contrat"],
        }
