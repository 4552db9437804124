"""Les étapes d’une action."""

from collections.abc import Mapping
from typing import Any

from django import forms

from contrats.forms.base import ChampDate, FormulaireVersionne
from contrats.forms.choix import ChampOrganisation, choix_d_organisations
from contrats.models import Contrat, Jalon
from contrats.models.organisations import organisations_de


class FormulaireJalon(FormulaireVersionne):
    """Sans `jalon`, celui d’une étape à ajouter."""

    modele = Jalon

    libelle = forms.CharField(label="Étape", max_length=250)
    echeance = ChampDate(label="Échéance", required=False)
    pilote = ChampOrganisation(
        label="Qui s’en charge", required=False, empty_label="Personne en particulier"
    )
    pilote_nom = forms.CharField(label="Personne qui s’en charge", max_length=120, required=False)
    est_annuel = forms.BooleanField(label="Revient tous les ans", required=False)

    def __init__(
        self, *args: Any, contrat: Contrat, jalon: Jalon | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if jalon is None:
            del self.fields["version"]
        elif not self.initial:
            self.initial = valeurs_de(jalon, self.fields)
        garde = [jalon.pilote] if jalon and jalon.pilote else []
        groupes = choix_d_organisations(organisations_de(contrat), gardees=garde)
        self.fields["pilote"].proposer(groupes)  # type: ignore[attr-defined]  # champ connu de ce formulaire

    def ecriture(self, valeurs: Mapping[str, Any]) -> dict[str, str]:
        """Chaque valeur comme un humain la lit, pour comparer deux versions."""
        return {nom: en_mots(valeur) for nom, valeur in valeurs.items()}


class FormulaireGeste(FormulaireVersionne):
    """Un bouton d’une étape ; `vue` dit d’où il a été pressé."""

    geste = forms.ChoiceField(
        choices=[(g, g) for g in ("terminer", "rouvrir", "abandonner", "monter", "descendre")]
    )
    vue = forms.ChoiceField(choices=[("fiche", "fiche"), ("suivi", "suivi")], required=False)


def valeurs_de(objet: Any, champs: Any) -> dict[str, Any]:
    """L’état d’un objet, champ par champ, prêt pour son formulaire."""
    return {nom: getattr(objet, nom) for nom in champs}


def en_mots(valeur: Any) -> str:
    if valeur is None or valeur == "":
        return ""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if hasattr(valeur, "isoformat"):
        return f"{valeur:%d/%m/%Y}"
    return str(valeur)
