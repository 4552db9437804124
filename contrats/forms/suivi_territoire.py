"""Les trois gestes sur une ligne de la liste de travail, et l’affectation des lignes cochées."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from acteurs.models import Utilisateur
from acteurs.ressort import agents_de
from cls_platform.socle import typographie
from contrats.forms.base import ChampDate, Formulaire
from contrats.models import GenreNote, SuiviTerritoire

SANS_REFERENT = "Sans référent"


class ChampAgent(forms.ModelChoiceField):
    """Un agent de l’agence de ces régions."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            queryset=Utilisateur.objects.none(),
            required=False,
            empty_label=SANS_REFERENT,
            **options,
        )

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.nom_complet)


class _SuiviVersionne(Formulaire):
    """`version` 0 : le territoire n’a encore rien de noté."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    modele = SuiviTerritoire

    def ecriture(self, valeurs: Mapping[str, Any]) -> dict[str, str]:
        """Chaque valeur comme un humain la lit, pour comparer deux versions."""
        return {nom: en_mots(valeur) for nom, valeur in valeurs.items()}


class FormulaireReferent(_SuiviVersionne):
    referent = ChampAgent(label="Référent")

    def __init__(self, *args: Any, region: str, **options: Any) -> None:
        super().__init__(*args, **options)
        champs: dict[str, Any] = self.fields
        champs["referent"].queryset = agents_de(frozenset({region}))


class FormulaireVeille(_SuiviVersionne):
    en_veille_jusqu_au = ChampDate(
        label="En veille jusqu’au",
        required=False,
        help_text="La ligne quitte la liste et revient ce jour-là. Vide : elle y revient déjà.",
    )


class FormulaireNoteTerritoire(Formulaire):
    genre = forms.ChoiceField(label="Ce que c’est", choices=GenreNote.choices)
    le = ChampDate(label="Le", initial=timezone.localdate)
    texte = forms.CharField(
        label="Note",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Une note reste : la suivante la corrige.",
    )


class FormulaireLotDAffectation(Formulaire):
    """Vide : les lignes n’ont plus de référent."""

    referent = ChampAgent(label="Référent des lignes cochées")

    def __init__(self, *args: Any, regions: frozenset[str], **options: Any) -> None:
        super().__init__(*args, **options)
        champs: dict[str, Any] = self.fields
        champs["referent"].queryset = agents_de(regions)


def en_mots(valeur: Any) -> str:
    if valeur is None:
        return ""
    if hasattr(valeur, "strftime"):
        return typographie.date_longue(valeur)
    return str(valeur)
