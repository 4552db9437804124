"""Les couleurs des documents d’un contrat, et ses logos."""

from typing import Any

from django import forms

from bilans import palette
from bilans.charte import defauts
from bilans.images import ACCEPTES, AIDE, POIDS_MAX, trop_lourde
from bilans.models import CharteBilan, ImageBilan
from contrats.forms.base import Formulaire

_ORIGINES = {"couleur_fond": palette.NUIT, "couleur_accent": palette.SOLEIL}


def _couleur(libelle: str, aide: str) -> forms.CharField:
    return forms.CharField(
        label=libelle,
        help_text=aide,
        max_length=7,
        widget=forms.TextInput(attrs={"type": "color"}),
        error_messages={"required": "Choisissez une couleur."},
    )


class CharteForm(Formulaire):
    """Une couleur égale à celle de la plateforme ne s’écrit pas : elle la suivra."""

    modele = CharteBilan

    couleur_fond = _couleur(
        "Couleur de la couverture", "Du texte blanc s’y pose : prenez-la foncée."
    )
    couleur_accent = _couleur(
        "Couleur d’accent",
        "L’année, la carte et les bandeaux : elle doit trancher sur la première.",
    )
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    field_order = ("version",)

    def clean_couleur_fond(self) -> str:
        return self._ecrite("couleur_fond")

    def clean_couleur_accent(self) -> str:
        return self._ecrite("couleur_accent")

    def _ecrite(self, nom: str) -> str:
        valeur = str(self.cleaned_data[nom]).strip().lower()
        return "" if valeur == _ORIGINES[nom] else valeur

    def clean(self) -> dict[str, Any]:
        """Dit tout de suite, et à côté du champ, ce qui ne se lira pas."""
        dites = super().clean() or self.cleaned_data
        if not self.errors:
            for nom, phrase in defauts(dites["couleur_fond"], dites["couleur_accent"]).items():
                self.add_error(nom, phrase)
        return dites

    @staticmethod
    def initiales(charte: CharteBilan | None) -> dict[str, Any]:
        if charte is None:
            return dict(_ORIGINES)
        choisies = {nom: getattr(charte, nom) or defaut for nom, defaut in _ORIGINES.items()}
        return {**choisies, "version": charte.version}


class LogoForm(Formulaire):
    """Le fichier et le nom que dit le logo : il est lu à qui ne le voit pas."""

    modele = ImageBilan

    fichier = forms.FileField(
        label="Logo",
        help_text=f"{AIDE} Sur fond blanc ou transparent.",
        widget=forms.FileInput(attrs={"accept": ACCEPTES}),
        allow_empty_file=True,
        error_messages={"required": "Choisissez un fichier."},
    )
    alternative = forms.CharField(
        label="Ce que dit le logo",
        max_length=300,
        help_text="Le nom de l’organisation : « Ville d’Exemple ».",
        error_messages={"required": "Écrivez le nom de l’organisation."},
    )

    def clean_fichier(self) -> Any:
        fichier = self.cleaned_data["fichier"]
        if fichier.size > POIDS_MAX:
            raise forms.ValidationError(trop_lourde(fichier.size), code="lourd")
        return fichier

    def valeurs(self) -> dict[str, Any]:
        lues = super().valeurs()
        fichier = lues.pop("fichier")
        return {**lues, "contenu": fichier.read(), "nom": fichier.name or ""}


class RangForm(forms.Form):
    rang = forms.IntegerField(min_value=1, max_value=200)
