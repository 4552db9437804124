"""Les champs du formulaire d’une fiche action, un par un."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from acteurs.models import Commune, Utilisateur
from contrats.etats import StatutAction
from contrats.forms.base import ChampDate, FormulaireVersionne
from contrats.forms.choix import ChampOrganisation, ChampOrganisations
from contrats.models import (
    Action,
    Axe,
    AxeOttawa,
    Determinant,
    Dispositif,
    NiveauParticipation,
    NiveauPrevention,
    Objectif,
    ObjectifRegional,
    OrigineAction,
    Population,
    Priorite,
    SousTheme,
    Theme,
    TypeAction,
)


def _texte(libelle: str, lignes: int = 4, aide: str = "") -> forms.CharField:
    return forms.CharField(
        label=libelle,
        required=False,
        help_text=aide,
        widget=forms.Textarea(attrs={"rows": lignes}),
    )


def _ligne(nom: str, libelle: str, aide: str = "") -> forms.CharField:
    """Une ligne, aussi longue que la colonne le permet."""
    longueur: Any = Action._meta.get_field(nom)
    return forms.CharField(
        label=libelle, required=False, help_text=aide, max_length=longueur.max_length
    )


def _parmi(libelle: str, choix: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=libelle, required=False, choices=[("", "Non renseigné"), *choix.choices]
    )


def _plusieurs(modele: Any, libelle: str, aide: str = "") -> forms.ModelMultipleChoiceField:
    vide: QuerySet[Any] = modele.objects.none()
    return forms.ModelMultipleChoiceField(
        vide,
        label=libelle,
        required=False,
        help_text=aide,
        widget=forms.CheckboxSelectMultiple(attrs={"data-cls-cases": ""}),
    )


class ChampsDeLAction(FormulaireVersionne):
    """Déclarés dans l’ordre où le formulaire entier les montre."""

    titre = forms.CharField(label="Titre", max_length=250)
    statut = forms.ChoiceField(label="Statut", choices=StatutAction.choices)
    statut_raison = forms.CharField(
        label="Pourquoi ce statut",
        max_length=300,
        required=False,
        help_text="À dire pour bloquée, partiellement réalisée, abandonnée ou reportée.",
    )
    statut_est_impose = forms.BooleanField(
        label="Garder ce statut même après l’échéance", required=False
    )
    contexte = _texte("Constat du diagnostic")
    objectif_general = _texte("Objectif général", 3)
    objectifs_operationnels = _texte("Objectifs opérationnels", 4, "Un par ligne.")
    description = _texte("Description", 6)
    resultats_attendus = _texte("Résultats attendus")
    resume_public = _texte(
        "En mots simples, pour les habitants", 4, "Deux ou trois phrases courtes, sans sigle."
    )

    populations = _plusieurs(Population, "Publics")
    communes = _plusieurs(Commune, "Communes", "Aucune cochée : tout le périmètre du contrat.")
    quartiers = _ligne("quartiers", "Quartiers prioritaires et lieux")
    participation = _parmi("Participation des habitants", NiveauParticipation)
    participation_detail = _texte("Comment les habitants participent", 3)

    pilote = ChampOrganisation(
        label="Organisation pilote", required=False, empty_label="Sans pilote"
    )
    pilote_personne = forms.ModelChoiceField(
        Utilisateur.objects.none(),
        label="Personne pilote",
        required=False,
        empty_label="Personne en particulier",
    )
    pilote_nom = _ligne("pilote_nom", "Personne sans compte")
    services_pilotes = _ligne("services_pilotes", "Services pilotes")
    elu_referent = _ligne("elu_referent", "Élu référent ou élue référente")
    copilotes = ChampOrganisations(label="Copilotes", required=False)
    partenaires = ChampOrganisations(label="Partenaires", required=False)
    intervenants = ChampOrganisations(label="Intervenants", required=False)
    financeurs = ChampOrganisations(label="Financeurs", required=False)
    instance = _ligne("instance", "Instance de suivi")

    date_debut = ChampDate(label="Début", required=False)
    date_fin = ChampDate(label="Échéance", required=False)
    est_annuelle = forms.BooleanField(label="Se répète tous les ans", required=False)
    echeancier = _texte("Échéancier")

    moyens = _texte("Moyens humains et matériels")
    modalites_evaluation = _texte("Modalités d’évaluation")
    freins = _texte("Freins", 3)
    leviers = _texte("Leviers", 3)

    axe = forms.ModelChoiceField(
        Axe.objects.none(), label="Axe", required=False, empty_label="Sans axe"
    )
    objectif = forms.ModelChoiceField(
        Objectif.objects.none(), label="Objectif", required=False, empty_label="Sans objectif"
    )
    numero = forms.CharField(
        label="Numéro", max_length=20, required=False, help_text="Par exemple 1.2.3."
    )
    themes = _plusieurs(Theme, "Thèmes")
    sous_themes = _plusieurs(SousTheme, "Sous-thèmes", "Un sous-thème va avec son thème.")
    priorite = _parmi("Priorité", Priorite)
    origine = _parmi("Origine", OrigineAction)
    action_precedente = forms.ModelChoiceField(
        Action.objects.none(),
        label="Action qu’elle prolonge",
        required=False,
        empty_label="Aucune",
        widget=forms.Select(attrs={"data-cls-saisie": "Chercher une action"}),
    )
    types_action = _plusieurs(TypeAction, "Types d’action")
    niveau_prevention = _parmi("Niveau de prévention", NiveauPrevention)
    determinants = _plusieurs(Determinant, "Déterminants de santé")
    ottawa = _plusieurs(AxeOttawa, "Charte d’Ottawa")
    objectifs_regionaux = _plusieurs(ObjectifRegional, "Projet régional de santé")
    dispositifs = _plusieurs(Dispositif, "Autres plans et dispositifs")
    autres_plans = _ligne("autres_plans", "Précisions sur les autres plans")

    est_publique = forms.BooleanField(label="Visible du public", required=False)
    est_restreinte = forms.BooleanField(
        label="Lue par l’équipe du plan seulement",
        required=False,
        help_text=(
            "La fiche disparaît pour qui ne modifie pas le plan et ne la pilote pas, des pages "
            "publiques et de l’API."
        ),
    )
