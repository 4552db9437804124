from collections.abc import Iterable
from typing import Any

from django import forms

from contrats.models import Contrat
from indicateurs.forms.base import FormulaireReporte
from indicateurs.models import Indicateur


class LienForm(FormulaireReporte):
    """Un indicateur du contrat ; `proposes` : ceux que la liste montre."""

    indicateur = forms.ModelChoiceField(
        label="Indicateur du contrat",
        queryset=Indicateur.objects.none(),
        error_messages={
            "required": "Choisissez un indicateur dans la liste.",
            "invalid_choice": "Cet indicateur n’est plus dans le contrat. Choisissez-en un autre.",
        },
    )

    def __init__(
        self, *args: Any, contrat: Contrat, proposes: Iterable[Indicateur] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        champ: Any = self.fields["indicateur"]
        champ.queryset = contrat.indicateurs.all()
        champ.choices = [("", "Choisir…"), *_par_axe(proposes)]
        champ.widget.attrs["data-cls-saisie"] = "Chercher un indicateur"


def _par_axe(indicateurs: Iterable[Indicateur]) -> list[tuple[str, list[tuple[str, str]]]]:
    groupes: dict[str, list[tuple[str, str]]] = {}
    for indicateur in indicateurs:
        titre = str(indicateur.axe) if indicateur.axe else "Ensemble du contrat"
        groupes.setdefault(titre, []).append((str(indicateur.pk), indicateur.libelle))
    return list(groupes.items())
