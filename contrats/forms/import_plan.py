"""Donner un tableur : le fichier, sa feuille, ses colonnes, puis l’accord."""

from collections.abc import Collection, Iterable
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from cls_platform.socle.tableur.lecture import FORMATS_LUS
from cls_platform.socle.tableur.limites import OCTETS_MAX
from contrats.forms.base import Formulaire
from contrats.tableur.colonnes import COLONNES, MONTANTS, PAR_CLE, TEMOIN, est_un_montant
from contrats.tableur.reconnaissance import Entete

NE_PAS_IMPORTER = "-"


class FormulaireFichier(Formulaire):
    fichier = forms.FileField(
        label="Fichier",
        max_length=200,
        help_text=f"XLSX, ODS ou CSV, {OCTETS_MAX // 1024**2} Mo au plus. "
        "Rien n’est écrit avant votre accord.",
        error_messages={
            "required": "Choisissez un fichier.",
            "empty": "Ce fichier est vide. Choisissez-en un autre.",
        },
        widget=forms.FileInput(attrs={"accept": ",".join(FORMATS_LUS)}),
    )

    def clean_fichier(self) -> UploadedFile:
        fichier: UploadedFile = self.cleaned_data["fichier"]
        if PurePath(fichier.name or "").suffix.lower() == ".xls":
            raise forms.ValidationError("Enregistrez d’abord ce fichier au format .xlsx.")
        return fichier


class FormulaireFeuille(Formulaire):
    """Le choix d’une feuille, quand le classeur en a plusieurs."""

    feuille = forms.ChoiceField(label="Feuille à importer", widget=forms.RadioSelect)

    def __init__(self, *args: Any, feuilles: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        champ: Any = self.fields["feuille"]
        champ.choices = feuilles


def choix_de_champ(annees: Collection[int]) -> list[tuple[str, Any]]:
    """`annees` : celles dont un montant se propose."""
    choix: list[tuple[str, Any]] = [(colonne.cle, colonne.entete) for colonne in COLONNES]
    montants = [(c.cle, c.entete) for c in MONTANTS if c.reference.annee in annees]
    montants.append((TEMOIN.cle, TEMOIN.entete))
    choix.append(("Montants par année", montants))
    return [("", "À choisir"), (NE_PAS_IMPORTER, "Ne pas importer"), *choix]


class FormulaireColonnes(Formulaire):
    """Un choix par colonne du fichier ; deux colonnes ne visent pas le même champ simple."""

    def __init__(
        self, *args: Any, entetes: list[Entete], annees: Iterable[int], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.entetes = {f"c{entete.rang}": entete for entete in entetes}
        reconnues = {PAR_CLE[e.champ].reference.annee for e in entetes if est_un_montant(e.champ)}
        choix = choix_de_champ({*annees, *reconnues})
        for nom, entete in self.entetes.items():
            initial = NE_PAS_IMPORTER if entete.est_laissee else entete.champ
            self.fields[nom] = forms.ChoiceField(
                label=entete.texte, choices=choix, required=False, initial=initial
            )

    def clean(self) -> dict[str, Any]:
        valeurs = super().clean() or {}
        if "titre" not in valeurs.values():
            self.add_error(None, "Dites quelle colonne porte le titre de l’action.")
        multiples = {colonne.cle for colonne in COLONNES if colonne.est_multiple}
        pris: dict[tuple[str, int], str] = {}
        for nom, champ in valeurs.items():
            cle = (champ, self.entetes[nom].suite)
            if champ and champ != NE_PAS_IMPORTER and champ not in multiples:
                if cle in pris:
                    self.add_error(nom, f"La colonne « {pris[cle]} » a déjà ce champ.")
                pris[cle] = self.entetes[nom].texte
        return valeurs

    def choix(self) -> dict[int, str]:
        """Rang de colonne → champ ; vide pour une colonne à ne pas importer."""
        return {
            self.entetes[nom].rang: "" if champ == NE_PAS_IMPORTER else champ
            for nom, champ in self.cleaned_data.items()
            if champ
        }


class FormulaireAccord(Formulaire):
    creer_organisations = forms.BooleanField(required=False)
    miennes = forms.TypedMultipleChoiceField(required=False)

    def __init__(self, *args: Any, conflits: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        champ: Any = self.fields["miennes"]
        champ.choices = [(pk, pk) for pk in conflits]
