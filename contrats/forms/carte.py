"""Ce qu’on demande à une carte : quel territoire, quel jour, quelles couches."""

from typing import Any
from uuid import UUID

from django import forms

from cls_platform.socle.erreurs import DonneesRefusees
from contrats.cartes.couches import types_de_l_adresse
from contrats.cartes.demande import NiveauDeCarte
from contrats.couverture_place import FRANCE, Place, place
from contrats.forms.couverture import ChampChoix, QuestionDatee

NIVEAUX = [(niveau.value, niveau.label) for niveau in NiveauDeCarte]
SANS_NIVEAU = (
    "Dites le niveau de ce territoire\u00a0: region, departement, epci ou contrat. "
    "La carte de France ne prend pas de code."
)
CONTRAT_INCONNU = "Aucun contrat ne porte cet identifiant. Reprenez le lien de sa page."


class QuestionDeCarte(QuestionDatee):
    """`contrat` : son identifiant ; sinon `place`, la France par défaut."""

    niveau = ChampChoix(label="Niveau", choices=NIVEAUX, required=False)
    territoire = forms.CharField(label="Code du territoire", max_length=36, required=False)
    couches = forms.CharField(label="Couches", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        if {"niveau", "territoire"} & set(self.errors):
            return donnees
        niveau, code = donnees["niveau"] or NiveauDeCarte.FRANCE.value, donnees["territoire"]
        try:
            if niveau == NiveauDeCarte.CONTRAT:
                donnees["contrat"] = _identifiant(code)
            else:
                donnees["place"] = _place(niveau, code)
        except DonneesRefusees as erreur:
            self.reporter(erreur)
        return donnees

    def reponses(self) -> dict[str, Any]:
        reponses = super().reponses()
        return reponses | {
            "place": self.cleaned_data.get("place", FRANCE),
            "contrat": self.cleaned_data.get("contrat"),
            "couches": types_de_l_adresse(self.cleaned_data["couches"], reponses["le"]),
        }


def _place(niveau: str, code: str) -> Place:
    if niveau != NiveauDeCarte.FRANCE:
        return place(niveau, code.upper())
    if code:
        raise DonneesRefusees(SANS_NIVEAU, champs={"niveau": [SANS_NIVEAU]})
    return FRANCE


def _identifiant(code: str) -> UUID:
    try:
        return UUID(code)
    except ValueError as erreur:
        raise DonneesRefusees(CONTRAT_INCONNU, champs={"territoire": [CONTRAT_INCONNU]}) from erreur
