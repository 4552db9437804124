"""Le compte rendu d’une réunion : combien de personnes, et quelles organisations.

Une présence est celle d’une organisation, jamais d’une personne.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField

from acteurs.models import Acteur
from contrats.forms.objet import FormulaireDUnObjet
from contrats.models import EtatPresence, Reunion

PREFIXE = "presence_"
CHOIX = (("", "Absente"), *EtatPresence.choices)
PARTICIPANTS_MAXIMUM = 100_000


class FormulaireCompteRendu(FormulaireDUnObjet):
    """Un champ par organisation proposée : absente, présente ou excusée."""

    modele = Reunion

    compte_rendu = forms.CharField(
        label="Compte rendu",
        max_length=20000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Lu par l’équipe du contrat et son agence, jamais publié.",
    )
    participants = forms.IntegerField(
        label="Nombre de participants",
        min_value=0,
        max_value=PARTICIPANTS_MAXIMUM,
        required=False,
        widget=forms.NumberInput(attrs={"class": "courte"}),
        help_text="Le nombre de personnes, sans leurs noms.",
    )

    def __init__(
        self,
        *args: Any,
        objet: Reunion,
        membres: Iterable[Acteur],
        autres: Iterable[Acteur],
        **kwargs: Any,
    ) -> None:
        self.membres, self.autres = list(membres), list(autres)
        super().__init__(*args, objet=objet, **kwargs)
        for acteur in (*self.membres, *self.autres):
            self.fields[_nom(acteur.pk)] = forms.ChoiceField(
                label=acteur.nom, choices=CHOIX, required=False, widget=forms.RadioSelect
            )

    def valeurs_de(self, objet: Any) -> dict[str, Any]:
        notees = {p.acteur_id: p.etat for p in objet.presences.all()}
        return {
            "compte_rendu": objet.compte_rendu,
            "participants": objet.participants,
            **{_nom(a.pk): notees.get(a.pk, "") for a in (*self.membres, *self.autres)},
        }

    @property
    def champs_simples(self) -> list[BoundField]:
        return [self[nom] for nom in ("version", "participants", "compte_rendu")]

    @property
    def lignes_des_membres(self) -> list[BoundField]:
        return [self[_nom(acteur.pk)] for acteur in self.membres]

    @property
    def lignes_des_autres(self) -> list[BoundField]:
        return [self[_nom(acteur.pk)] for acteur in self.autres]


def _nom(acteur: UUID) -> str:
    return f"{PREFIXE}{acteur}"


def partager(valeurs: Mapping[str, Any]) -> tuple[dict[str, Any], dict[UUID, str]]:
    """(le compte rendu, les présences par organisation, sans les absentes)."""
    dites = {nom: valeur for nom, valeur in valeurs.items() if not nom.startswith(PREFIXE)}
    presences = {
        UUID(nom.removeprefix(PREFIXE)): valeur
        for nom, valeur in valeurs.items()
        if nom.startswith(PREFIXE) and valeur
    }
    return dites, presences
