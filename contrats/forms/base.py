"""Commun à tous les formulaires : dates écrites à la française, erreurs du métier."""

import calendar
import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import Model

from cls_platform.socle import typographie
from cls_platform.socle.erreurs import ErreurMetier

_JOUR_MOIS_AN = re.compile(r"^\s*(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})\s*$")
EXEMPLE = "Écrivez une date comme 28/02/2026."


class ChampDate(forms.DateField):
    """Une date écrite jour/mois/année ; l’ordre ISO est accepté aussi."""

    widget = forms.DateInput(
        format="%d/%m/%Y", attrs={"class": "courte", "inputmode": "numeric", "autocomplete": "off"}
    )
    input_formats = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y", "%Y-%m-%d")

    def to_python(self, value: Any) -> date | None:
        try:
            return super().to_python(value)
        except forms.ValidationError as erreur:
            raise forms.ValidationError(date_refusee(str(value)), code="invalid") from erreur


def date_refusee(saisie: str) -> str:
    """Ce qui ne va pas dans une date, puis quoi écrire."""
    trouve = _JOUR_MOIS_AN.match(saisie)
    if not trouve:
        return f"Cette date n’est pas lisible. {EXEMPLE}"
    jour, mois, annee = (int(partie) for partie in trouve.groups())
    if not 1 <= mois <= 12:
        return f"Le mois {mois} n’existe pas. {EXEMPLE}"
    if 1 <= jour <= calendar.monthrange(2024, mois)[1]:
        return f"Il n’y a pas de {jour} {typographie.MOIS[mois - 1]} en {annee}. {EXEMPLE}"
    return f"Le {jour} {typographie.MOIS[mois - 1]} n’existe pas. {EXEMPLE}"


# La contrainte de la base qui refuse, et le champ à côté duquel le dire
CHAMP_DE_LA_CONTRAINTE = {
    "action_fin_apres_debut": "date_fin",
    "avis_bilan_motive": "texte",
    "campagne_correction_apres": "correction_debut",
    "campagne_remise_apres": "remise_le",
    "campagne_une_par_contrat": "annee",
    "campagne_une_par_region": "annee",
    "contrat_fin_apres_debut": "date_fin",
    "contrat_generation_positive": "generation",
    "contrat_numero_unique": "numero",
    "instance_nom_unique": "nom",
    "partie_unique": "acteur",
    "reunion_une_par_moment": "date",
    "volet_bilan_citation_signee": "citation_auteur",
}


def champ_de_la_contrainte(modele: type[Model] | None, phrase: str) -> str | None:
    """Le champ où dire cette phrase, si c’est celle d’une contrainte du modèle ; sinon None."""
    for contrainte in modele._meta.constraints if modele else ():
        if contrainte.violation_error_message == phrase:
            return CHAMP_DE_LA_CONTRAINTE.get(contrainte.name)
    return None


class Formulaire(forms.Form):
    """Valide ; n’écrit jamais. `valeurs()` va au service, `reporter()` en rapporte le refus."""

    modele: type[Model] | None = None

    def reporter(self, erreur: ErreurMetier) -> None:
        """Chaque phrase va au champ en cause s’il est à l’écran, sinon en tête du formulaire."""
        for nom, phrases in erreur.champs.items():
            for phrase in phrases:
                cible = nom if nom in self.fields else self._champ_de(phrase)
                self.add_error(cible, phrase)
        if not erreur.champs:
            self.add_error(None, erreur.message)

    def _champ_de(self, phrase: str) -> str | None:
        nom = champ_de_la_contrainte(self.modele, phrase)
        return nom if nom in self.fields else None

    def valeurs(self) -> dict[str, Any]:
        """Les réponses validées, sans ce qui ne sert qu’au formulaire."""
        return {n: v for n, v in self.cleaned_data.items() if n not in CHAMPS_DE_SERVICE}


CHAMPS_DE_SERVICE = frozenset({"version", "vue"})


class FormulaireVersionne(Formulaire):
    """Porte la version lue : le service refuse une écriture périmée."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    field_order = ("version",)
