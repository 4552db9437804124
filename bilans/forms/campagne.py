"""Ouvrir une campagne, la corriger, la prolonger ; choisir ce que montre son tableau."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from bilans.campagne.fenetres import RAPPEL_AU_PLUS_TOT, TROP_TOT, ranger_les_rappels
from bilans.models import Campagne
from cls_platform.socle.typographie import date_saisie
from contrats.forms.base import ChampDate, FormulaireVersionne
from contrats.forms.objet import FormulaireDUnObjet

RAPPEL_REFUSE = (
    "Écrivez des nombres de jours, comme 30, 10, 2. Laissez vide pour n’envoyer aucun rappel."
)


class ChampJours(forms.CharField):
    """Des nombres de jours, du plus grand au plus petit, chacun une fois."""

    widget = forms.TextInput(attrs={"class": "courte", "autocomplete": "off"})

    def clean(self, value: Any) -> list[int]:
        mots = re.split(r"[\s,;]+", str(super().clean(value)).strip())
        ecrits = [mot for mot in mots if mot and mot != "et"]
        if not all(mot.isascii() and mot.isdigit() and len(mot) <= 3 for mot in ecrits):
            raise forms.ValidationError(RAPPEL_REFUSE, code="invalid")
        jours = ranger_les_rappels(int(mot) for mot in ecrits)
        if any(nombre > RAPPEL_AU_PLUS_TOT for nombre in jours):
            raise forms.ValidationError(TROP_TOT, code="invalid")
        return jours

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value


class FormulaireCampagne(FormulaireDUnObjet):
    """Les deux fenêtres, les rappels, le message."""

    modele = Campagne

    ouvre_le = ChampDate(label="Écriture ouverte le")
    remise_le = ChampDate(
        label="Bilans à publier au plus tard le",
        help_text="La date de remise. Passée, un bilan se termine encore : il est dit en retard.",
    )
    correction_debut = ChampDate(
        label="Corrections à partir du",
        required=False,
        help_text="Après la remise, pour reprendre un bilan déjà publié.",
    )
    correction_fin = ChampDate(label="Corrections jusqu’au", required=False)
    rappels = ChampJours(
        label="Rappels par courriel, en jours avant la remise",
        required=False,
        max_length=60,
        help_text="À qui écrit un bilan pas encore publié. Par exemple 30, 10, 2.",
    )
    message = forms.CharField(
        label="Message aux équipes",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Lu sur la page « Bilans » de chaque contrat et dans les rappels.",
    )

    def ecriture(self, valeurs: Mapping[str, Any]) -> dict[str, str]:
        """Les rappels se comparent comme ils s’écrivent : sur une ligne."""
        ecrites = super().ecriture(valeurs)
        if "rappels" in ecrites:
            ecrites["rappels"] = ", ".join(map(str, valeurs["rappels"]))
        return ecrites


class FormulaireOuverture(FormulaireCampagne):
    annee = forms.TypedChoiceField(label="Bilans de l’année", coerce=int)

    field_order = ("annee",)

    def __init__(self, *args: Any, annees: Iterable[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["annee"].choices = [(annee, str(annee)) for annee in annees]  # type: ignore[attr-defined]  # champ de ce formulaire


class FormulaireProlongation(FormulaireVersionne):
    """La nouvelle date de remise, et elle seule."""

    modele = Campagne

    remise_le = ChampDate(
        label="Nouvelle date de remise",
        help_text="Les corrections se décalent d’autant. Les rappels repartent pour cette date.",
    )

    def __init__(self, *args: Any, objet: Campagne, **options: Any) -> None:
        options.setdefault("initial", self.valeurs_de(objet) | {"version": objet.version})
        super().__init__(*args, **options)

    def valeurs_de(self, objet: Any) -> dict[str, Any]:
        return {"remise_le": objet.remise_le}

    def ecriture(self, valeurs: Mapping[str, Any]) -> dict[str, str]:
        return {nom: date_saisie(jour) for nom, jour in valeurs.items() if isinstance(jour, date)}
