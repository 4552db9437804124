"""Les données de la galerie : assez pour voir chaque composant dans chacun de ses états."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Paginator

from cls_platform.socle.historique import Changement, Evenement
from cls_platform.socle.models import EtatTravail, Travail
from cls_platform.socle.navigation import Entree, Lien, repartition
from cls_platform.socle.typographie import FINE

DATE_IMPOSSIBLE = "Le 31 février n’existe pas. Écrivez une date comme 28/02/2026."
STATUTS = (
    ("A_DISCUTER", "À discuter"),
    ("A_VENIR", "À venir"),
    ("EN_COURS", "En cours"),
    ("EN_RETARD", "En retard"),
    ("EN_PAUSE", "En pause"),
    ("BLOQUEE", "Bloquée"),
    ("REALISEE", "Réalisée"),
    ("REALISEE_PARTIELLEMENT", "Partiellement réalisée"),
    ("ABANDONNEE", "Abandonnée"),
    ("REPORTEE", "Reportée"),
)
EFFECTIFS = (
    ("REALISEE", "réalisées", 2),
    ("REALISEE_PARTIELLEMENT", "en partie", 1),
    ("EN_COURS", "en cours", 5),
    ("A_VENIR", "à venir", 2),
    ("A_DISCUTER", "à discuter", 1),
    ("EN_RETARD", "en retard", 2),
    ("BLOQUEE", "bloquée", 1),
)
NUANCES = (
    ("encre", "#231d22"),
    ("encre-2", "#544b52"),
    ("encre-3", "#6d636a"),
    ("trait-controle", "#8b8187"),
    ("info", "#1d4f91"),
    ("succes", "#1c6a41"),
    ("attention", "#8a4600"),
    ("danger", "#a51d2d"),
    ("neutre", "#554d53"),
    ("focus", "#1a4fd6"),
)
FONDS = ("papier", "surface", "creux", "accent-pale", "accent-moyen")
PHASES = (
    {"libelle": "Diagnostic", "precision": "mars 2023", "etat": "faite"},
    {"libelle": "Signature", "precision": "12 mars 2024", "etat": "faite"},
    {"libelle": "Mise en œuvre", "precision": "année 3 sur 5", "etat": "ici"},
    {"libelle": "Évaluation", "precision": "à partir de 2028", "etat": "a_venir"},
)
CLASSES_DE_CARTE = tuple(
    {"rang": rang, "libelle": libelle, "effectif": None, "part": ""}
    for rang, libelle in enumerate(
        ("moins de 20", "20 à 40", "40 à 60", "60 à 80", "80 et plus"), start=1
    )
)
CHIFFRES = (
    (f"62{FINE}%", "des habitants couverts par un contrat signé"),
    ("412", "contrats en cours"),
)
CE_JOUR = dt.datetime(2026, 11, 17, 14, 2, tzinfo=dt.UTC)
EVENEMENTS = (
    Evenement(
        CE_JOUR,
        "Camille Rozec",
        "page",
        "update",
        (Changement("territoire", "territoire", "10 communes", "12 communes"),),
    ),
    Evenement(CE_JOUR - dt.timedelta(days=14), "", "import", "insert", ()),
)
TRAVAUX = {
    EtatTravail.EN_COURS: Travail(etat=EtatTravail.EN_COURS, progression=62),
    EtatTravail.FAIT: Travail(etat=EtatTravail.FAIT, progression=100),
    EtatTravail.ECHEC: Travail(
        etat=EtatTravail.ECHEC,
        progression=40,
        message="Section « Le mot de l’élue » : la photo n’a pas de texte de remplacement.",
    ),
}


class FormulaireExemple(forms.Form):
    """Un champ de chaque genre."""

    titre = forms.CharField(label="Titre", help_text="Un verbe, puis ce qui sera fait.")
    debut = forms.DateField(label="Début", error_messages={"invalid": DATE_IMPOSSIBLE})
    budget = forms.DecimalField(
        label="Budget 2026",
        widget=forms.TextInput,
        error_messages={"invalid": "Écrivez un montant, comme 12 500."},
    )
    theme = forms.ChoiceField(
        label="Thème",
        required=False,
        choices=[("", "Choisir"), ("SOINS", "Accès aux soins"), ("MENTALE", "Santé mentale")],
    )
    public = forms.MultipleChoiceField(
        label="Publics",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("JEUNES", "Jeunes"), ("AINES", "65 ans et plus")],
    )
    est_publique = forms.BooleanField(label="Montrer sur le site public", required=False)
    resume = forms.CharField(
        label="Résumé", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class FormulaireEnPlace(forms.Form):
    """Le champ unique d’une modification en place."""

    valeur = forms.DateField(label="Début", error_messages={"invalid": DATE_IMPOSSIBLE})


def reperage() -> dict[str, Any]:
    """Fil, onglets, filtres, pages."""
    return {
        "fil": [Lien("Contrats", "#"), Lien("Rives d’Armel 2024-2028", "#"), Lien("Galerie")],
        "onglets": [
            Entree("Description", "#", est_courante=True),
            Entree("Étapes", "#", compte="3/5"),
            Entree("Indicateurs", "#", compte="1 à saisir", a_traiter=True),
            Entree("Documents", "#", compte="2"),
        ],
        "filtres": [Entree("Tous", "#", est_courante=True), Entree("En cours", "#", compte="5")],
        "actifs": [Entree("Échéance avant juillet 2028", "#")],
        "absences": [Entree("En retard", "#", compte="2"), Entree("Sans pilote", "#", compte="2")],
        "vues": [Entree("Signés", "#", est_courante=True), Entree("Signés ou en projet", "#")],
        "page": Paginator(range(238), 25).page(4),
        "manques": [Lien("Un indicateur de résultat", "#"), Lien("Le financement de 2027", "#")],
    }


def formulaires() -> dict[str, Any]:
    """Un formulaire refusé, un champ en place et le même refusé."""
    refuse = {"titre": "Ouvrir un lieu d’écoute", "debut": "31/02/2026", "budget": "12O"}
    return {
        "formulaire": FormulaireExemple(refuse),
        "edition": FormulaireEnPlace(initial={"valeur": "28/02/2026"}, auto_id="id_repos_%s"),
        "edition_refusee": FormulaireEnPlace({"valeur": "31/02/2026"}, auto_id="id_refus_%s"),
    }


def suivi() -> dict[str, Any]:
    return {
        "statuts": STATUTS,
        "statuts_tete": [STATUTS[rang] for rang in (2, 3, 6, 5, 1)],
        "phases": PHASES,
        "repartition": repartition(EFFECTIFS),
        "travaux": TRAVAUX,
        "moi": "Camille Rozec",
        "evenements": EVENEMENTS,
        "classes": CLASSES_DE_CARTE,
        "chiffres": CHIFFRES,
    }
