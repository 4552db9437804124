"""Trier l’histoire d’une fiche : quel champ, qui, de quand à quand."""

from collections.abc import Iterable
from typing import Any

from django import forms

from contrats.champs_fiche import panneaux
from contrats.forms.base import ChampDate, Formulaire, FormulaireVersionne
from contrats.histoire.fiche import ARGENT, PORTES, Geste, Tri
from contrats.models import ChampLibre

OUTIL = "outil"


class FormulaireTri(Formulaire):
    """Facultatif de bout en bout : une date mal écrite se dit, le reste s’applique."""

    champ = forms.ChoiceField(label="Champ", required=False)
    auteur = forms.ChoiceField(label="Qui", required=False)
    du = ChampDate(label="Du", required=False)
    au = ChampDate(label="Au", required=False)

    def __init__(
        self,
        *args: Any,
        gestes: Iterable[Geste],
        libres: list[ChampLibre],
        avec_argent: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        champ: Any = self.fields["champ"]
        auteur: Any = self.fields["auteur"]
        champ.choices = [("", "Toute la fiche"), *_champs(libres, avec_argent=avec_argent)]
        auteur.choices = [("", "Tout le monde"), *_auteurs(gestes)]

    def tri(self) -> Tri:
        propres = self.cleaned_data if self.is_valid() else {}
        return Tri(**{nom: propres[nom] for nom in self.fields if propres.get(nom)})


def _champs(libres: list[ChampLibre], *, avec_argent: bool) -> list[Any]:
    portes = [(genre, mot) for genre, _, mot, _ in PORTES if avec_argent or genre not in ARGENT]
    groupes = [
        (panneau.titre, [(c.nom, c.libelle) for c in panneau.champs])
        for panneau in panneaux(libres)
    ]
    return [("statut", "Statut"), *groupes, ("Autour de la fiche", portes)]


def _auteurs(gestes: Iterable[Geste]) -> list[tuple[str, str]]:
    noms = {str(g.auteur or OUTIL): g.evenement.qui or "Calcul automatique" for g in gestes}
    return sorted(noms.items(), key=lambda paire: paire[1])


class FormulaireRetablir(FormulaireVersionne):
    """Porte la version lue : on ne rétablit pas par-dessus ce que l’on n’a pas vu."""
