"""Les champs propres à un contrat : leur saisie sur une fiche, et la page qui les tient."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from contrats import genres_libres
from contrats.forms.base import ChampDate, Formulaire, FormulaireVersionne
from contrats.genres_libres import ValeurIllisible
from contrats.models import ChampLibre, GenreChamp


class ChampNombre(forms.CharField):
    """« 12,5 » ou « 1 200 » : la virgule et l’espace sont ceux d’ici."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "courte"})

    def clean(self, value: Any) -> Any:
        try:
            return genres_libres.en_texte(GenreChamp.NOMBRE, value)
        except ValeurIllisible as erreur:
            raise forms.ValidationError(str(erreur), code="invalid") from erreur

    def prepare_value(self, value: Any) -> Any:
        return str(value).replace(".", ",") if isinstance(value, str | Decimal) else value


def saisie_de(champ: ChampLibre, actuelle: str = "") -> forms.Field:
    """Le contrôle d’un champ du contrat ; un choix retiré de la liste reste celui de la fiche."""
    commun: dict[str, Any] = {
        "label": champ.libelle,
        "help_text": champ.aide,
        "required": False,
    }
    if champ.genre == GenreChamp.NOMBRE:
        return ChampNombre(**commun)
    if champ.genre == GenreChamp.DATE:
        return ChampDateGardee(**commun)
    if champ.genre == GenreChamp.CHOIX:
        choix = dict.fromkeys([*champ.choix, *([actuelle] if actuelle else [])])
        options = [("", "Non renseigné"), *((c, c) for c in choix)]
        return forms.ChoiceField(choices=options, **commun)
    return forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}), max_length=genres_libres.LONGUEUR_MAX, **commun
    )


class ChampDateGardee(ChampDate):
    """La base la garde à l’ordre ISO ; on la relit jour/mois/année."""

    def prepare_value(self, value: Any) -> Any:
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            return value


class ChampListe(forms.CharField):
    """Une liste écrite à raison d’un élément par ligne."""

    widget = forms.Textarea(attrs={"rows": 5})

    def clean(self, value: Any) -> Any:
        lignes = [ligne.strip() for ligne in str(super().clean(value)).splitlines()]
        return list(dict.fromkeys(ligne for ligne in lignes if ligne))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class FormulaireChampLibre(Formulaire):
    modele = ChampLibre

    libelle = forms.CharField(label="Nom du champ", max_length=80)
    genre = forms.ChoiceField(label="Genre", choices=GenreChamp.choices)
    choix = ChampListe(
        label="Choix possibles",
        required=False,
        help_text="Un par ligne, pour un champ «\u00a0Choix dans une liste\u00a0».",
    )
    aide = forms.CharField(
        label="Aide à la saisie",
        max_length=150,
        required=False,
        help_text="Une courte précision, écrite sous le nom du champ.",
    )


class FormulaireChampLibreExistant(FormulaireVersionne, FormulaireChampLibre):
    """Le même, qui refuse d’écraser ce qu’un autre vient d’écrire."""
