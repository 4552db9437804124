"""Ce qu’un habitant envoie : une réaction, une adresse où recevoir des nouvelles. Sans compte."""

from typing import Any

from django import forms

from contrats.forms.base import Formulaire, FormulaireVersionne

TROP_LONG = "Gardez l’essentiel : mille signes au plus."


class AvecPiege(Formulaire):
    """`site` est un piège : invisible et hors du clavier, seul un robot le remplit."""

    site = forms.CharField(
        label="Laissez ce champ vide",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    @property
    def est_piege(self) -> bool:
        return bool(self.data.get("site"))

    def valeurs(self) -> dict[str, Any]:
        return {nom: valeur for nom, valeur in super().valeurs().items() if nom != "site"}


class ReactionForm(AvecPiege):
    texte = forms.CharField(
        label="Votre message",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Mille signes au plus. N’écrivez ni nom, ni rien sur la santé de quelqu’un.",
        error_messages={"required": "Écrivez votre message.", "max_length": TROP_LONG},
    )
    courriel = forms.EmailField(
        label="Votre courriel, si vous voulez une réponse",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Il sert à vous répondre, puis il est effacé.",
        error_messages={"invalid": "Écrivez une adresse comme nom@exemple.fr."},
    )
    field_order = ("texte", "courriel", "site")


class AbonnementForm(AvecPiege):
    courriel = forms.EmailField(
        label="Votre courriel",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Nous y enverrons d’abord un lien à confirmer.",
        error_messages={
            "required": "Écrivez votre adresse, comme nom@exemple.fr.",
            "invalid": "Écrivez une adresse comme nom@exemple.fr.",
        },
    )
    field_order = ("courriel", "site")


class GlossaireForm(Formulaire):
    recherche = forms.CharField(
        label="Un sigle, un mot",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


class ModerationForm(FormulaireVersionne):
    etat = forms.CharField(max_length=8)


class ReponseForm(FormulaireVersionne):
    reponse = forms.CharField(
        label="Votre réponse",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Écrivez votre réponse."},
    )
