"""Préparer un avenant, choisir ses communes, le signer."""

from typing import Any

from django import forms

from acteurs.models import Commune, Epci
from contrats.forms.base import ChampDate, Formulaire, FormulaireVersionne
from contrats.forms.objet import FormulaireDUnObjet
from contrats.models import Avenant, TypeAvenant


class FormulaireAvenant(Formulaire):
    modele = Avenant

    types = forms.ModelMultipleChoiceField(
        TypeAvenant.objects.actives().tries(),
        label="Ce qu’il change",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une chose que cet avenant change."},
    )
    objet = forms.CharField(
        label="Objet",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Une phrase : ce qui change, et pourquoi.",
    )
    date_fin_apres = ChampDate(
        label="Nouvelle fin du contrat",
        required=False,
        help_text="Si l’avenant prolonge le contrat.",
    )
    date_effet = ChampDate(
        label="Prend effet le",
        required=False,
        help_text="Vide : le jour de sa signature.",
    )


class FormulaireAvenantModifie(FormulaireDUnObjet, FormulaireAvenant):
    """Les mêmes questions, sur un avenant déjà préparé."""


class FormulaireSignature(FormulaireVersionne):
    date_signature = ChampDate(label="Signé le")
    date_effet = ChampDate(
        label="Prend effet le", required=False, help_text="Vide : le jour de la signature."
    )


class FormulaireCommunes(Formulaire):
    """Faire entrer une intercommunalité ou des communes, ou en cocher pour qu’elles sortent."""

    epci = forms.ModelChoiceField(
        Epci.objects.actuelles(), label="Intercommunalité", required=False
    )
    communes = forms.ModelMultipleChoiceField(
        Commune.objects.all(), label="Communes", required=False
    )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        if not (donnees.get("epci") or donnees.get("communes")):
            self.add_error("communes", "Cochez au moins une commune.")
        return donnees

    def communes_choisies(self) -> list[Commune]:
        epci = self.cleaned_data["epci"]
        return list(epci.communes.actuelles() if epci else self.cleaned_data["communes"])
