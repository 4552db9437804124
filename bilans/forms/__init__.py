from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms

from acteurs.droits import Droit
from bilans.dossier.sections import FormatDossier, Reglages, reglages, sections_permises
from contrats.forms.base import Formulaire
from contrats.forms.couverture import ChampJour


class OuvrirBilanForm(forms.Form):
    annee = forms.TypedChoiceField(label="Année du bilan", coerce=int)

    def __init__(self, *args: Any, annees: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["annee"].choices = [(annee, str(annee)) for annee in annees]  # type: ignore[attr-defined]  # champ connu de ce formulaire


class EtatForm(forms.Form):
    vers = forms.CharField(max_length=10)


class DossierForm(forms.Form):
    """Les fiches, les sections et le format d’un document à télécharger."""

    fiche = forms.TypedMultipleChoiceField(
        label="Fiches",
        coerce=UUID,
        error_messages={
            "required": "Cochez au moins une fiche.",
            "invalid_choice": "Une de ces fiches n’est plus dans le plan. Choisissez de nouveau.",
        },
    )
    section = forms.MultipleChoiceField(
        label="Sections",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Cochez au moins une section.",
            "invalid_choice": "Cette section n’est pas proposée : choisissez dans la liste.",
        },
    )
    format = forms.ChoiceField(
        label="Format", choices=FormatDossier.choices, widget=forms.RadioSelect
    )
    couverture = forms.BooleanField(label="Une couverture", required=False)
    sommaire = forms.BooleanField(label="Un sommaire", required=False)
    une_par_page = forms.BooleanField(label="Chaque fiche sur une nouvelle page", required=False)
    vides = forms.BooleanField(
        label="Écrire « à compléter » dans les champs courants qui sont vides", required=False
    )

    def __init__(
        self, *args: Any, fiches: list[UUID], droits: Collection[Droit], **kwargs: Any
    ) -> None:
        """`fiches` : celles que la personne lit."""
        super().__init__(*args, **kwargs)
        champs: Any = self.fields
        champs["fiche"].choices = [(str(pk), "") for pk in fiches]
        champs["section"].choices = [(s.value, s.label) for s in sections_permises(droits)]

    def reglages(self) -> Reglages:
        options = {n: self.cleaned_data[n] for n in OPTIONS_DU_DOSSIER}
        return reglages(self.cleaned_data["section"], **options)


OPTIONS_DU_DOSSIER = ("couverture", "sommaire", "une_par_page", "vides")


class RapportForm(Formulaire):
    """Le jour de la couverture, et ce que le rapport dit ou tait."""

    date = ChampJour(
        label="Couverture au",
        help_text="Les contrats comptés ce jour-là. Une date à venir projette les fins connues.",
    )
    avec_montants = forms.BooleanField(
        label="Avec les montants",
        required=False,
        help_text="Le PDF se transmet : sans eux, il ne dit ni budget, ni financement.",
    )
    previent = forms.BooleanField(label="M’écrire quand il est prêt", required=False)

    def __init__(self, *args: Any, avec_montants: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not avec_montants:
            del self.fields["avec_montants"]

    def valeurs(self) -> dict[str, Any]:
        dites = super().valeurs()
        le = dites.pop("date")
        return {"le": le, "avec_montants": False, **dites}
