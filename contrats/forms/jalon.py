"""Les étapes d’une action."""

from typing import Any

from django import forms

from contrats.forms.base import ChampDate, FormulaireVersionne
from contrats.forms.choix import ChampOrganisation, choix_d_organisations
from contrats.forms.objet import FormulaireDUnObjet
from contrats.models import Contrat, Jalon
from contrats.models.organisations import organisations_de


class FormulaireJalon(FormulaireDUnObjet):
    """Sans `objet`, celui d’une étape à ajouter."""

    modele = Jalon

    libelle = forms.CharField(label="Étape", max_length=250)
    echeance = ChampDate(label="Échéance", required=False)
    pilote = ChampOrganisation(
        label="Qui s’en charge", required=False, empty_label="Personne en particulier"
    )
    pilote_nom = forms.CharField(label="Personne qui s’en charge", max_length=120, required=False)
    est_annuel = forms.BooleanField(label="Revient tous les ans", required=False)

    def __init__(
        self, *args: Any, contrat: Contrat, objet: Jalon | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, objet=objet, **kwargs)
        garde = [objet.pilote] if objet and objet.pilote else []
        groupes = choix_d_organisations(organisations_de(contrat), gardees=garde)
        self.fields["pilote"].proposer(groupes)  # type: ignore[attr-defined]  # champ connu de ce formulaire


class FormulaireGeste(FormulaireVersionne):
    """Un bouton d’une étape ; `vue` dit d’où il a été pressé."""

    geste = forms.ChoiceField(
        choices=[(g, g) for g in ("terminer", "rouvrir", "abandonner", "monter", "descendre")]
    )
    vue = forms.ChoiceField(choices=[("fiche", "fiche"), ("suivi", "suivi")], required=False)
