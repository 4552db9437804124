"""Recevoir une photo, la décrire."""

from typing import Any

from django import forms

from bilans.images import ACCEPTES, AIDE, POIDS_MAX, trop_lourde
from bilans.models import ImageBilan
from contrats.forms.base import Formulaire, FormulaireVersionne


def _alternative() -> forms.CharField:
    return forms.CharField(
        label="Ce que montre l’image",
        max_length=300,
        help_text="Lu à qui ne la voit pas\u00a0: «\u00a0Trois habitantes cuisinent"
        " ensemble\u00a0».",
        error_messages={"required": "Dites ce que montre l’image, en une phrase."},
    )


def _credit() -> forms.CharField:
    return forms.CharField(
        label="Crédit",
        max_length=150,
        help_text="Qui a pris la photo, et avec quel accord\u00a0: «\u00a0Ville d’Exemple,"
        " avec l’accord des personnes\u00a0».",
        error_messages={"required": "Écrivez qui a pris la photo."},
    )


class PhotoForm(Formulaire):
    """Le fichier, son texte alternatif, son crédit : tous trois obligatoires."""

    modele = ImageBilan

    fichier = forms.FileField(
        label="Photo",
        help_text=f"{AIDE} Elle sera réduite à 1 600 pixels, et le lieu qu’elle garde, effacé.",
        widget=forms.FileInput(attrs={"accept": ACCEPTES}),
        allow_empty_file=True,
        error_messages={"required": "Choisissez un fichier."},
    )
    alternative = _alternative()
    credit = _credit()

    def clean_fichier(self) -> Any:
        fichier = self.cleaned_data["fichier"]
        if fichier.size > POIDS_MAX:
            raise forms.ValidationError(trop_lourde(fichier.size), code="lourd")
        return fichier

    def valeurs(self) -> dict[str, Any]:
        lues = super().valeurs()
        fichier = lues.pop("fichier")
        return {**lues, "contenu": fichier.read(), "nom": fichier.name or ""}


class DecrireForm(FormulaireVersionne):
    modele = ImageBilan

    alternative = _alternative()
    credit = _credit()
