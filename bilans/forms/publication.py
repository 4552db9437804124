"""Publier, retirer, demander un document."""

from typing import Any

from django import forms

from bilans.models import GenreDocument
from bilans.models.bilan import LONGUEUR_DU_MOTIF
from bilans.services.publication import NOTE_ABSENTE
from contrats.forms.base import Formulaire


class PublierForm(Formulaire):
    """L’empreinte du PDF que la personne a relu ; `confirme` : elle a lu les avertissements.

    `note`, d’une correction seulement : ce que la page publique en dira.
    """

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    note = forms.CharField(
        label="Ce que cette édition corrige",
        help_text="Une phrase ou deux. Elle se lit en tête du bilan, et sur l’édition d’avant.",
        max_length=LONGUEUR_DU_MOTIF,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": NOTE_ABSENTE},
    )
    confirme = forms.BooleanField(
        label="J’ai lu ces avertissements et je publie ainsi", required=False
    )

    def __init__(self, *args: Any, est_une_correction: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not est_une_correction:
            del self.fields["note"]


class RetirerForm(Formulaire):
    motif = forms.CharField(
        label="Pourquoi le retirer",
        help_text="La page publique le dira, avec la date.",
        max_length=LONGUEUR_DU_MOTIF,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Dites pourquoi : la page publique le dira."},
    )


class DocumentForm(forms.Form):
    genre = forms.ChoiceField(choices=GenreDocument.choices)
    previent = forms.BooleanField(required=False)

    def demande(self) -> dict[str, Any]:
        return {"genre": self.cleaned_data["genre"], "previent": self.cleaned_data["previent"]}
