"""Modifier et déplacer ce qui porte le plan : axes, objectifs, fiches."""

from typing import Any
from uuid import UUID

from django import forms

from contrats.forms.base import FormulaireVersionne
from contrats.forms.objet import FormulaireDUnObjet
from contrats.models import Axe, Contrat, NiveauObjectif, Objectif
from contrats.ordre_du_plan import Charpente

SANS_AXE = "sans"


class FormulaireAxeModifie(FormulaireDUnObjet):
    modele = Axe

    numero = forms.CharField(label="Numéro", max_length=20)
    titre = forms.CharField(label="Titre", max_length=250)
    titre_public = forms.CharField(
        label="Titre pour les habitants",
        max_length=120,
        required=False,
        help_text="En mots de tous les jours, sans sigle.",
    )
    promesse = forms.CharField(
        label="Ce que cela change, en une phrase", max_length=250, required=False
    )


class FormulaireObjectifModifie(FormulaireDUnObjet):
    modele = Objectif

    numero = forms.CharField(label="Numéro", max_length=20)
    titre = forms.CharField(label="Titre", max_length=300)
    niveau = forms.ChoiceField(label="Niveau", choices=NiveauObjectif.choices)


def lieux(plan: Charpente, *, sauf: set[UUID], avec_sans_axe: bool) -> list[tuple[str, str]]:
    """Les places du plan, en retrait comme dans l’arbre."""
    choix = [(SANS_AXE, "Sans axe")] if avec_sans_axe else []
    for genre, noeud, profondeur in plan.parcourir():
        if genre != "action" and noeud.id not in sauf:
            retrait = "\u2003" * profondeur
            choix.append((f"{genre}-{noeud.id}", f"{retrait}{noeud.numero} {noeud.titre}"))
    return choix


def lieu_choisi(contrat: Contrat, choix: str) -> tuple[Axe | None, Objectif | None]:
    """L’axe ou l’objectif d’un choix de `lieux` ; sans axe, None deux fois."""
    genre, _, cle = choix.partition("-")
    if genre == "axe":
        return contrat.axes.get(pk=cle), None
    if genre == "objectif":
        return None, contrat.objectifs.select_related("axe").get(pk=cle)
    return None, None


class FormulaireDeplacement(FormulaireVersionne):
    """`lieu()` rend l’axe ou l’objectif choisi ; sans axe, None deux fois."""

    ou = forms.ChoiceField(label="Dans")
    position = forms.IntegerField(
        label="Position",
        min_value=1,
        required=False,
        widget=forms.NumberInput(attrs={"class": "courte"}),
        help_text="1 pour le premier. Vide : à la fin.",
    )

    def __init__(
        self, *args: Any, contrat: Contrat, choix: list[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.contrat = contrat
        champ: Any = self.fields["ou"]
        champ.choices = choix
        if not choix:
            del self.fields["ou"]

    def lieu(self) -> tuple[Axe | None, Objectif | None]:
        return lieu_choisi(self.contrat, self.cleaned_data["ou"])


class FormulaireSuppression(FormulaireVersionne):
    """Où vont les fiches de ce que l’on supprime ; absent s’il n’y en a pas."""

    vers = forms.ChoiceField(label="Déplacer d’abord ses fiches dans")

    def __init__(self, *args: Any, choix: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        champ: Any = self.fields["vers"]
        champ.choices = choix
        if not choix:
            del self.fields["vers"]
