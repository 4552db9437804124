from datetime import date
from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.core.files.uploadedfile import UploadedFile

from acteurs.models import (
    IndicateurContexte,
    NiveauTerritoire,
    Portee,
    Region,
    TypeZonage,
    Utilisateur,
)
from cls_platform.socle.tableur.lecture import FORMATS_LUS
from cls_platform.socle.tableur.limites import OCTETS_MAX

PREMIERE_ANNEE = 1990


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


class FormulaireFichier(forms.Form):
    """Un tableau à importer, et le territoire qu’il décrit."""

    fichier = forms.FileField(
        label="Fichier",
        max_length=200,
        help_text=f"CSV, XLSX ou ODS, {OCTETS_MAX // 1024**2} Mo au plus. "
        "Rien n’est écrit avant votre accord.",
        error_messages={
            "required": "Choisissez un fichier.",
            "empty": "Ce fichier est vide. Choisissez-en un autre.",
        },
        widget=forms.FileInput(attrs={"accept": ",".join(FORMATS_LUS)}),
    )
    region = forms.ModelChoiceField(
        Region.objects.none(), label="Territoire décrit", required=False, empty_label=None
    )

    def __init__(
        self, *args: Any, regions: frozenset[str] | None, le: date, **options: Any
    ) -> None:
        """`regions` : celles où la personne charge ; None : partout, la France comprise."""
        super().__init__(*args, **options)
        self.le = le
        champ: Any = self.fields["region"]
        toutes = Region.objects.actuelles().tries()
        champ.queryset = toutes if regions is None else toutes.filter(pk__in=regions)
        champ.empty_label = "Toute la France" if regions is None else None
        champ.required = regions is not None

    def clean_fichier(self) -> UploadedFile:
        fichier: UploadedFile = self.cleaned_data["fichier"]
        if PurePath(fichier.name or "").suffix.lower() == ".xls":
            raise forms.ValidationError("Enregistrez d’abord ce fichier au format .xlsx.")
        return fichier

    def parametres(self) -> dict[str, Any]:
        """Les choix, tels qu’ils se gardent en JSON."""
        return {
            nom: _en_json(valeur) for nom, valeur in self.cleaned_data.items() if nom != "fichier"
        }


def _en_json(valeur: Any) -> Any:
    if isinstance(valeur, date):
        return valeur.isoformat()
    return valeur.pk if hasattr(valeur, "pk") else valeur


def _annee_ou_rien(texte: str) -> int | None:
    return int(texte) if texte else None


class FormulaireZonage(FormulaireFichier):
    type = forms.ModelChoiceField(
        TypeZonage.objects.none(), label="Zonage", empty_label="Choisir un zonage"
    )
    millesime = forms.CharField(
        label="Millésime", max_length=40, help_text="L’année de la liste, par exemple 2024."
    )
    date_effet = forms.DateField(
        label="En vigueur depuis",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    source = forms.CharField(
        label="Source", max_length=250, help_text="Qui publie cette liste, et sous quel titre."
    )

    field_order = ("type", "millesime", "date_effet", "source", "region", "fichier")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        champ: Any = self.fields["type"]
        champ.queryset = TypeZonage.objects.actives().tries()


class FormulaireContexte(FormulaireFichier):
    indicateur = forms.ModelChoiceField(
        IndicateurContexte.objects.none(),
        label="Indicateur",
        required=False,
        empty_label="Celui que dit chaque ligne",
    )
    niveau = forms.ChoiceField(
        label="Niveau",
        required=False,
        choices=[("", "Celui que dit chaque ligne"), *NiveauTerritoire.choices],
    )
    annee = forms.TypedChoiceField(
        label="Année décrite", required=False, coerce=_annee_ou_rien, empty_value=None
    )
    source = forms.CharField(
        label="Source",
        max_length=250,
        required=False,
        help_text="Vide si une colonne du fichier la dit. Une valeur sans source est refusée.",
    )
    publiee_le = forms.DateField(
        label="Publiée le",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    field_order = (
        "indicateur",
        "niveau",
        "annee",
        "source",
        "publiee_le",
        "region",
        "fichier",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        indicateur: Any = self.fields["indicateur"]
        indicateur.queryset = IndicateurContexte.objects.actives().tries()
        indicateur.label_from_instance = lambda i: f"{i.code}, {i.libelle}"
        annee: Any = self.fields["annee"]
        annees = range(self.le.year, PREMIERE_ANNEE - 1, -1)
        annee.choices = [("", "Celle que dit chaque ligne"), *((a, str(a)) for a in annees)]


class FormulaireAccord(forms.Form):
    """Ce que l’on accepte d’un rapport."""

    lignes_justes = forms.BooleanField(required=False)
    remplacer = forms.BooleanField(required=False)
