"""Le lien de l’édito, et la page où l’élu·e écrit."""

from django import forms

from bilans.forms.ecrire import TEXTE_MAX
from bilans.services.liens_edito import JOURS_MAX
from contrats.forms.base import Formulaire, FormulaireVersionne

ADRESSE_MAL_ECRITE = "Écrivez une adresse comme nom@exemple.fr."


class LienEditoForm(Formulaire):
    nom = forms.CharField(
        label="Pour qui",
        max_length=160,
        help_text="Son prénom, son nom et sa fonction\u00a0: ils signeront le texte.",
    )
    courriel = forms.EmailField(
        label="Lui envoyer le lien à cette adresse",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text="Elle sert à l’envoi et n’est pas gardée. Vide\u00a0: vous copierez le lien.",
        error_messages={"invalid": ADRESSE_MAL_ECRITE},
    )
    jours = forms.IntegerField(
        label="Vaut combien de jours",
        min_value=1,
        max_value=JOURS_MAX,
        initial=21,
        widget=forms.NumberInput(attrs={"class": "courte"}),
    )


class EnvoiLienForm(Formulaire):
    """Le lien que l’on vient de créer, à envoyer ; son secret n’est que dans cette page."""

    courriel = forms.EmailField(
        label="Envoyer ce lien à",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text="L’adresse sert à l’envoi et n’est pas gardée.",
        error_messages={
            "required": "Écrivez l’adresse où envoyer le lien.",
            "invalid": ADRESSE_MAL_ECRITE,
        },
    )
    secret = forms.CharField(max_length=64, widget=forms.HiddenInput)


class EditoForm(FormulaireVersionne):
    texte = forms.CharField(
        label="Votre mot",
        required=False,
        max_length=TEXTE_MAX,
        widget=forms.Textarea(attrs={"rows": 14, "data-cls-zone": ""}),
        help_text="150 mots au plus\u00a0: ce qui a compté cette année, pour un habitant.",
    )
    signature = forms.CharField(
        label="Votre signature",
        required=False,
        max_length=160,
        help_text="Votre prénom, votre nom, votre fonction.",
    )
