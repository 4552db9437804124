"""Une note du journal d’une action."""

from collections.abc import Mapping
from typing import Any

from django import forms

from contrats.forms.base import ChampDate, FormulaireVersionne
from contrats.forms.jalon import en_mots, valeurs_de
from contrats.models import NoteSuivi


def _texte(libelle: str, aide: str, lignes: int) -> forms.CharField:
    return forms.CharField(
        label=libelle, help_text=aide, required=False, widget=forms.Textarea(attrs={"rows": lignes})
    )


class FormulaireNote(FormulaireVersionne):
    """Sans `note`, celui d’une note à écrire."""

    modele = NoteSuivi

    date_note = ChampDate(label="Date")
    fait = _texte("Ce qui a été fait", "", 4)
    participants = forms.IntegerField(
        label="Participants", required=False, min_value=0, max_value=10_000_000
    )
    freins = _texte("Freins", "Ce qui a gêné.", 2)
    leviers = _texte("Leviers", "Ce qui a aidé.", 2)
    suites = _texte("Suites à donner", "Ce qu’il faut faire maintenant.", 2)

    def __init__(self, *args: Any, note: NoteSuivi | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if note is None:
            del self.fields["version"]
        elif not self.initial:
            self.initial = valeurs_de(note, self.fields)

    def ecriture(self, valeurs: Mapping[str, Any]) -> dict[str, str]:
        """Chaque valeur comme un humain la lit, pour comparer deux versions."""
        return {nom: en_mots(valeur) for nom, valeur in valeurs.items()}
