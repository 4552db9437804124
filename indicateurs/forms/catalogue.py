"""Écrire un indicateur du catalogue d’une région."""

from hashlib import blake2s
from typing import Any

from django import forms

from indicateurs.forms.base import ChampNombre, FormulaireReporte
from indicateurs.forms.champs import texte, zone
from indicateurs.models import (
    Agregation,
    IndicateurModele,
    NiveauIndicateur,
    Periodicite,
    Sens,
    TypeIndicateur,
)

CODE = r"^[A-Za-z][A-Za-z0-9_.]*$"


class ModeleForm(FormulaireReporte):
    """`lu` : ce que disait le catalogue à l’ouverture, pour ne rien écraser."""

    code = forms.RegexField(
        CODE,
        label="Code",
        max_length=20,
        required=False,
        help_text="Laissé vide, la plateforme en donne un. Il ne change plus ensuite.",
        error_messages={"invalid": "Une lettre, puis des lettres, des chiffres, « . » ou « _ »."},
    )
    libelle = forms.CharField(
        label="Libellé",
        max_length=200,
        error_messages={"required": "Écrivez ce que l’on mesure."},
    )
    libelle_public = texte("En mots simples, pour les habitants", 200)
    definition = zone("Définition", "Ce que l’on compte, et ce que l’on ne compte pas.")
    type = forms.ChoiceField(label="Type", choices=TypeIndicateur.choices)
    niveau = forms.ChoiceField(label="Niveau territorial", choices=NiveauIndicateur.choices)
    unite = forms.CharField(
        label="Unité",
        max_length=40,
        help_text="Comme « personnes », « % », « consultations ».",
        error_messages={"required": "Écrivez l’unité, par exemple « personnes »."},
    )
    decimales = forms.IntegerField(
        label="Décimales affichées",
        min_value=0,
        max_value=4,
        initial=0,
        widget=forms.NumberInput(attrs={"class": "courte"}),
    )
    sens = forms.ChoiceField(label="Sens favorable", choices=Sens.choices)
    agregation = forms.ChoiceField(
        label="Comment les valeurs s’ajoutent",
        choices=Agregation.choices,
        help_text="D’un contrat à l’autre aussi : un rapport se recalcule sur ses deux nombres.",
    )
    numerateur = texte("Numérateur d’un rapport", 200)
    denominateur = texte("Dénominateur d’un rapport", 200)
    source = forms.CharField(
        label="Source",
        max_length=120,
        error_messages={"required": "Écrivez d’où vient la donnée."},
    )
    producteur = texte("Producteur", 120)
    periodicite = forms.ChoiceField(
        label="Rythme", choices=Periodicite.choices, initial=Periodicite.ANNUELLE
    )
    limites = zone("Limites des données", "Ce qu’il faut savoir avant d’en tirer une conclusion.")
    seuil = ChampNombre(label="Seuil d’alerte", required=False)
    lu = forms.CharField(required=False, widget=forms.HiddenInput)

    def figer_le_code(self) -> None:
        """Il est déjà choisi : on le lit, on ne le change pas."""
        code = self.fields["code"]
        code.disabled, code.required = True, True
        code.help_text = "Il ne change plus."

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        est_rapport = donnees.get("agregation") == Agregation.RATIO
        for nom in ("numerateur", "denominateur"):
            if est_rapport and not donnees.get(nom):
                self.add_error(nom, "D’un rapport, dites ce que compte chacun des deux nombres.")
        return donnees

    def valeurs(self) -> dict[str, Any]:
        return {nom: v for nom, v in self.cleaned_data.items() if nom != "lu"}


def valeurs_du_modele(modele: IndicateurModele) -> dict[str, Any]:
    simples = [nom for nom in ModeleForm.base_fields if nom != "lu"]
    return {nom: getattr(modele, nom) for nom in simples} | {"lu": empreinte(modele)}


def empreinte(modele: IndicateurModele) -> str:
    """De quoi savoir, à l’envoi, si quelqu’un d’autre a écrit entre-temps."""
    lues = [str(getattr(modele, nom)) for nom in ModeleForm.base_fields if nom != "lu"]
    return blake2s(repr(lues).encode(), digest_size=8).hexdigest()
