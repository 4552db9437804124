"""Les parties au contrat, et une organisation que l’annuaire ne connaît pas encore."""

from typing import Any

from django import forms

from acteurs.models import Acteur, Commune, TypeActeur
from contrats.forms.base import ChampDate, Formulaire
from contrats.forms.choix import ChampOrganisation
from contrats.forms.objet import FormulaireDUnObjet
from contrats.models import Partie, RolePartie


class ChampsDePartie(Formulaire):
    modele = Partie

    role = forms.ChoiceField(
        label="Rôle", choices=RolePartie.choices, initial=RolePartie.SIGNATAIRE
    )
    representant_nom = forms.CharField(label="Représentée par", max_length=120, required=False)
    representant_fonction = forms.CharField(label="En qualité de", max_length=120, required=False)
    date_deliberation = ChampDate(label="Délibération", required=False)
    date_signature = ChampDate(label="Signature", required=False)


class FormulairePartie(ChampsDePartie):
    acteur = ChampOrganisation(label="Organisation", empty_label="Choisir une organisation")

    field_order = ("acteur", "role")


class FormulairePartieModifiee(FormulaireDUnObjet, ChampsDePartie):
    """Le rôle et les dates ; l’organisation ne change pas."""


class FormulaireOrganisation(Formulaire):
    modele = Acteur

    nom = forms.CharField(label="Nom", max_length=200)
    type = forms.ModelChoiceField(
        TypeActeur.objects.actives().tries(), label="Type", empty_label="Choisir un type"
    )
    siren = forms.CharField(
        label="SIREN",
        max_length=11,
        required=False,
        help_text="Neuf chiffres, par exemple 200 065 928.",
    )
    finess = forms.CharField(
        label="FINESS", max_length=9, required=False, help_text="Pour un établissement de santé."
    )
    code_commune = forms.CharField(
        label="Code Insee de la commune",
        max_length=5,
        required=False,
        help_text="Par exemple 29232.",
    )

    def clean_siren(self) -> str:
        """Les espaces d’une lecture aisée ne comptent pas ; la clé est vérifiée par le modèle."""
        return "".join(self.cleaned_data["siren"].split())

    def clean_code_commune(self) -> Commune | None:
        code = self.cleaned_data["code_commune"]
        commune = Commune.objects.actuelles().filter(pk=code).first() if code else None
        if code and commune is None:
            raise forms.ValidationError("Aucune commune d’aujourd’hui n’a ce code Insee.")
        return commune

    def valeurs(self) -> dict[str, Any]:
        donnees = dict(self.cleaned_data)
        donnees["commune"] = donnees.pop("code_commune")
        return donnees
