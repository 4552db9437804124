"""Une fiche action : le formulaire entier, et le même réduit à ce que l’on change en place."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet

from acteurs.models import Utilisateur
from cls_platform.socle.models import Nomenclature
from contrats.etats import StatutAction
from contrats.forms.base import ChampDate, FormulaireVersionne
from contrats.forms.choix import ChampOrganisation, ChampOrganisations, choix_d_organisations
from contrats.models import Action, Axe, Contrat, Objectif, Population, RoleActeur, Theme
from contrats.models.organisations import organisations_de, personnes_de


@dataclass(frozen=True, slots=True)
class ChampEnPlace:
    """Ce qui se change d’un seul geste : un champ, ou deux qui vont ensemble."""

    nom: str
    libelle: str
    aide: str
    champs: tuple[str, ...]
    manque: str = ""


CHAMPS_EN_PLACE = {
    champ.nom: champ
    for champ in (
        ChampEnPlace("titre", "Titre", "", ("titre",)),
        ChampEnPlace("statut", "Statut", "", ("statut",)),
        ChampEnPlace(
            "contexte", "Constat du diagnostic", "Pourquoi cette action", ("contexte",),
            "Dire d’où vient cette action",
        ),
        ChampEnPlace(
            "description", "Description", "Ce qui sera fait, concrètement", ("description",),
            "Décrire ce qui sera fait",
        ),
        ChampEnPlace(
            "resultats_attendus", "Résultats attendus", "Ce qui aura changé",
            ("resultats_attendus",), "Dire ce qui doit changer",
        ),
        ChampEnPlace(
            "resume_public", "En mots simples", "Ce que lit un habitant", ("resume_public",),
            "Résumer l’action pour les habitants",
        ),
        ChampEnPlace(
            "populations", "Publics", "Pour qui", ("populations",), "Choisir les publics"
        ),
        ChampEnPlace("themes", "Thèmes", "", ("themes",), "Choisir les thèmes"),
        ChampEnPlace(
            "calendrier", "Calendrier", "", ("date_debut", "date_fin"), "Donner une échéance"
        ),
        ChampEnPlace(
            "pilote", "Pilote", "Qui fait avancer l’action", ("pilote", "pilote_personne"),
            "Choisir un pilote",
        ),
        ChampEnPlace(
            "partenaires", "Partenaires", "", ("partenaires",), "Ajouter des partenaires"
        ),
        ChampEnPlace(
            "place", "Place dans le plan", "Axe, objectif et numéro", ("axe", "objectif", "numero"),
            "Rattacher à un axe",
        ),
        ChampEnPlace("est_publique", "Visible du public", "", ("est_publique",)),
    )
}  # fmt: skip


class FormulaireAction(FormulaireVersionne):
    """`seulement` réduit à ces champs ; `recherche` élargit le choix d’organisations."""

    modele = Action

    numero = forms.CharField(
        label="Numéro", max_length=20, required=False, help_text="Par exemple 1.2.3."
    )
    titre = forms.CharField(label="Titre", max_length=250)
    axe = forms.ModelChoiceField(
        Axe.objects.none(), label="Axe", required=False, empty_label="Sans axe"
    )
    objectif = forms.ModelChoiceField(
        Objectif.objects.none(), label="Objectif", required=False, empty_label="Sans objectif"
    )
    statut = forms.ChoiceField(label="Statut", choices=StatutAction.choices)
    date_debut = ChampDate(label="Début", required=False)
    date_fin = ChampDate(label="Échéance", required=False)
    pilote = ChampOrganisation(
        label="Organisation pilote", required=False, empty_label="Sans pilote"
    )
    pilote_personne = forms.ModelChoiceField(
        Utilisateur.objects.none(),
        label="Personne pilote",
        required=False,
        empty_label="Personne en particulier",
    )
    contexte = forms.CharField(
        label="Constat du diagnostic", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    description = forms.CharField(
        label="Description", required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    resultats_attendus = forms.CharField(
        label="Résultats attendus", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    resume_public = forms.CharField(
        label="En mots simples, pour les habitants",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Deux ou trois phrases courtes, sans sigle.",
    )
    populations = forms.ModelMultipleChoiceField(
        Population.objects.none(),
        label="Publics",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.none(), label="Thèmes", required=False, widget=forms.CheckboxSelectMultiple
    )
    partenaires = ChampOrganisations(label="Partenaires", required=False)
    est_publique = forms.BooleanField(label="Visible du public", required=False)

    def __init__(
        self,
        *args: Any,
        contrat: Contrat,
        action: Action | None = None,
        seulement: Collection[str] | None = None,
        recherche: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if seulement is not None:
            for nom in [n for n in self.fields if n not in {*seulement, "version"}]:
                del self.fields[nom]
        if action is None:
            del self.fields["version"]
        elif not self.initial:
            self.initial = valeurs_de(action, self.fields)
        self._proposer(contrat, recherche)

    def _proposer(self, contrat: Contrat, recherche: str) -> None:
        requetes = {
            "axe": contrat.axes.dans_l_ordre,
            "objectif": contrat.objectifs.dans_l_ordre,
            "pilote_personne": lambda: personnes_de(contrat),
            "themes": lambda: _actuels(Theme.objects.all(), self.initial.get("themes", ())),
            "populations": lambda: _actuels(
                Population.objects.all(), self.initial.get("populations", ())
            ),
        }
        champs: dict[str, Any] = self.fields
        for nom in champs.keys() & requetes.keys():
            champs[nom].queryset = requetes[nom]()
        if {"pilote", "partenaires"} & champs.keys():
            groupes = choix_d_organisations(
                organisations_de(contrat), recherche, self.initial.get("partenaires", ())
            )
            for nom in {"pilote", "partenaires"} & champs.keys():
                champs[nom].proposer(groupes)

    def ecriture(self, valeurs: Mapping[str, Any]) -> dict[str, str]:
        """Chaque valeur comme un humain la lit, pour comparer deux versions."""
        return {nom: en_mots(nom, valeurs[nom]) for nom in self.fields if nom in valeurs}


def _actuels(
    nomenclature: QuerySet[Nomenclature], choisis: Collection[Nomenclature]
) -> QuerySet[Nomenclature]:
    """Ce que l’on propose aujourd’hui, et ce qui était déjà choisi."""
    gardes = nomenclature.filter(pk__in=[element.pk for element in choisis])
    return (nomenclature.filter(est_actif=True) | gardes).order_by("ordre", "libelle")


def valeurs_de(action: Action, champs: Collection[str]) -> dict[str, Any]:
    """L’état de la fiche, champ par champ, prêt pour le formulaire."""
    liens = {
        "themes": lambda: list(action.themes.all()),
        "populations": lambda: list(action.populations.all()),
        "partenaires": lambda: [
            lien.acteur
            for lien in action.liens_acteurs.select_related("acteur")
            if lien.role == RoleActeur.PARTENAIRE
        ],
    }
    return {nom: liens[nom]() if nom in liens else getattr(action, nom) for nom in champs}


def en_mots(nom: str, valeur: Any) -> str:
    if valeur is None or valeur == "":
        return ""
    if nom == "statut":
        return StatutAction(valeur).label
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if nom.startswith("date_"):
        return f"{valeur:%d/%m/%Y}"
    if nom in {"themes", "populations", "partenaires"}:
        return "\n".join(sorted(str(element) for element in valeur))
    return str(valeur)
