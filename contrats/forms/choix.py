"""Choisir une organisation : celles du contrat d’abord, les autres par une recherche."""

from collections.abc import Iterable
from typing import Any

from django import forms

from acteurs.models import Acteur

LIMITE_TROUVEES = 30


def choix_d_organisations(
    connues: Iterable[Acteur], recherche: str = "", gardees: Iterable[Acteur] = ()
) -> list[tuple[str, Any]]:
    """Groupes d’options : trouvées, du contrat. Une organisation déjà choisie reste proposée."""
    du_contrat = {acteur.pk: acteur for acteur in [*connues, *gardees]}
    groupes = [("Dans ce contrat", [_option(a) for a in du_contrat.values()])]
    if recherche.strip():
        trouvees = Acteur.objects.rechercher(recherche).tries()[: LIMITE_TROUVEES + len(du_contrat)]
        nouvelles = [a for a in trouvees if a.pk not in du_contrat][:LIMITE_TROUVEES]
        groupes.insert(
            0, (f"Trouvées pour « {recherche.strip()} »", [_option(a) for a in nouvelles])
        )
    return [groupe for groupe in groupes if groupe[1]]


def _option(acteur: Acteur) -> tuple[str, str]:
    return str(acteur.pk), acteur.nom


class ChampOrganisation(forms.ModelChoiceField):
    """Toute organisation connue est acceptée ; la liste montrée est posée par `proposer`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Acteur.objects.all(), **kwargs)
        self.widget.attrs["data-cls-saisie"] = "Chercher une organisation"

    def proposer(self, groupes: list[tuple[str, Any]]) -> None:
        self.choices = [("", self.empty_label), *groupes]


class ChampOrganisations(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Acteur.objects.all(), **kwargs)

    def proposer(self, groupes: list[tuple[str, Any]]) -> None:
        """Une case par organisation, les groupes mis bout à bout."""
        self.choices = [option for _, options in groupes for option in options]
