"""Les champs du formulaire d’un lot : ce qui reste vide ne change rien."""

from typing import Any

from django import forms

from acteurs.models import Utilisateur
from contrats.etats import StatutAction
from contrats.forms.base import ChampDate, Formulaire
from contrats.forms.choix import ChampOrganisation, ChampOrganisations
from contrats.lots import DECALAGE_MAX, UNITES
from contrats.models import Action, Population, Priorite, SousTheme, Theme
from contrats.models.vocabulaire_liens import CHAMP_DU_ROLE

TEL_QUEL = ("", "Ne pas changer")
EFFACER = "EFFACER"


def _ajouter(modele: Any) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        modele.objects.none(),
        label="Ajouter",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-cls-cases": ""}),
    )


def _retirer() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="Retirer", required=False, widget=forms.CheckboxSelectMultiple()
    )


def _nombre() -> forms.IntegerField:
    return forms.IntegerField(
        label="Décaler de",
        required=False,
        min_value=-DECALAGE_MAX["jours"],
        max_value=DECALAGE_MAX["jours"],
        widget=forms.NumberInput(attrs={"class": "courte"}),
    )


class ChampsDuLot(Formulaire):
    modele = Action

    statut = forms.ChoiceField(
        label="Statut", required=False, choices=[TEL_QUEL, *StatutAction.choices]
    )
    statut_raison = forms.CharField(
        label="Pourquoi ce statut",
        max_length=300,
        required=False,
        help_text="À dire pour bloquée, partiellement réalisée, abandonnée ou reportée.",
    )
    priorite = forms.ChoiceField(
        label="Priorité",
        required=False,
        choices=[TEL_QUEL, *Priorite.choices, (EFFACER, "Effacer la priorité")],
    )
    pilote = ChampOrganisation(
        label="Organisation pilote", required=False, empty_label="Ne pas changer"
    )
    pilote_personne = forms.ModelChoiceField(
        Utilisateur.objects.none(),
        label="Personne pilote",
        required=False,
        empty_label="Ne pas changer",
    )
    sans_pilote = forms.BooleanField(
        label="Retirer le pilote, organisation et personne", required=False
    )
    date_debut = ChampDate(label="Fixer au", required=False)
    date_debut_nombre = _nombre()
    date_debut_unite = forms.ChoiceField(label="Unité", required=False, choices=UNITES)
    date_debut_effacer = forms.BooleanField(label="Effacer le début", required=False)
    date_fin = ChampDate(label="Fixer au", required=False)
    date_fin_nombre = _nombre()
    date_fin_unite = forms.ChoiceField(label="Unité", required=False, choices=UNITES)
    date_fin_effacer = forms.BooleanField(label="Effacer l’échéance", required=False)
    themes_ajouter = _ajouter(Theme)
    themes_retirer = _retirer()
    sous_themes_ajouter = _ajouter(SousTheme)
    sous_themes_retirer = _retirer()
    populations_ajouter = _ajouter(Population)
    populations_retirer = _retirer()
    role = forms.ChoiceField(label="Rôle à donner", required=False)
    organisations_ajouter = ChampOrganisations(label="Ajouter", required=False)
    organisations_retirer = _retirer()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = [  # type: ignore[attr-defined]  # un ChoiceField
            (champ, MOT_DU_ROLE[champ]) for champ in CHAMP_DU_ROLE.values() if champ in MOT_DU_ROLE
        ]


MOT_DU_ROLE = {
    "partenaires": "Partenaire",
    "copilotes": "Copilote",
    "intervenants": "Intervenant",
    "financeurs": "Financeur",
}
