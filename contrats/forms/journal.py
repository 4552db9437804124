"""Une note du journal d’une action."""

from django import forms

from contrats.forms.base import ChampDate
from contrats.forms.objet import FormulaireDUnObjet
from contrats.models import NoteSuivi


def _texte(libelle: str, aide: str, lignes: int) -> forms.CharField:
    return forms.CharField(
        label=libelle, help_text=aide, required=False, widget=forms.Textarea(attrs={"rows": lignes})
    )


class FormulaireNote(FormulaireDUnObjet):
    """Sans `objet`, celui d’une note à écrire."""

    modele = NoteSuivi

    date_note = ChampDate(label="Date")
    fait = _texte("Ce qui a été fait", "", 4)
    participants = forms.IntegerField(
        label="Participants", required=False, min_value=0, max_value=10_000_000
    )
    freins = _texte("Freins", "Ce qui a gêné.", 2)
    leviers = _texte("Leviers", "Ce qui a aidé.", 2)
    suites = _texte("Suites à donner", "Ce qu’il faut faire maintenant.", 2)
