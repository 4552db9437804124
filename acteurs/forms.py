from typing import Any

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)

from acteurs.models import Portee, Utilisateur


class ProfilForm(forms.Form):
    prenom = forms.CharField(
        label="Prénom", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    nom = forms.CharField(
        label="Nom", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    fonction = forms.CharField(
        label="Fonction",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )


class AccepterInvitationForm(forms.Form):
    prenom = forms.CharField(
        label="Prénom", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    nom = forms.CharField(
        label="Nom", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    mot_de_passe = forms.CharField(
        label="Mot de passe",
        strip=False,
        help_text=password_validators_help_text_html,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    confirmation = forms.CharField(
        label="Le même mot de passe",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, utilisateur: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.utilisateur = utilisateur

    def clean_mot_de_passe(self) -> str:
        mot_de_passe: str = self.cleaned_data["mot_de_passe"]
        validate_password(mot_de_passe, self.utilisateur)
        return mot_de_passe

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if donnees.get("mot_de_passe") and donnees["mot_de_passe"] != donnees.get("confirmation"):
            self.add_error(
                "confirmation", "Les deux mots de passe diffèrent. Tapez-les de nouveau."
            )
        return donnees


class JetonForm(forms.Form):
    nom = forms.CharField(
        label="Nom de l’outil",
        max_length=80,
        help_text="Par exemple : tableau de bord de l’observatoire.",
    )
    portees = forms.MultipleChoiceField(
        label="Ce que l’outil peut faire",
        choices=Portee.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[Portee.LECTURE],
    )
    jours = forms.TypedChoiceField(
        label="Durée",
        coerce=int,
        choices=[(30, "Un mois"), (90, "Trois mois"), (180, "Six mois"), (365, "Un an")],
        initial=90,
    )
