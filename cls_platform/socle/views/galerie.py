"""La galerie : chaque composant dans chacun de ses états, pour qui construit les pages."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cls_platform.socle import navigation, theme
from cls_platform.socle.historique import Changement, Evenement
from cls_platform.socle.typographie import FINE

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
UN_JOUR = dt.datetime(2026, 11, 17, 14, 2, tzinfo=dt.UTC)


class FormulaireExemple(forms.Form):
    """Un champ de chaque genre, dont deux refusés."""

    titre = forms.CharField(label="Titre", help_text="Un verbe, puis ce qui sera fait.")
    debut = forms.DateField(
        label="Début",
        error_messages={"invalid": "Le 31 février n’existe pas. Écrivez une date comme 28/02/2026."},
    )
    budget = forms.DecimalField(
        label="Budget 2026",
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
    resume = forms.CharField(label="Résumé", required=False, widget=forms.Textarea(attrs={"rows": 3}))


class FormulaireEnPlace(forms.Form):
    """Le champ unique d’une modification en place."""

    valeur = forms.DateField(
        label="Début",
        error_messages={"invalid": "Le 31 février n’existe pas. Écrivez une date comme 28/02/2026."},
    )


@login_not_required
@require_safe
def galerie(request: HttpRequest) -> HttpResponse:
    """404 hors développement (réglage GALERIE_COMPOSANTS)."""
    if not settings.GALERIE_COMPOSANTS:
        raise Http404
    return render(request, "socle/galerie.html", contexte_galerie())


def contexte_galerie() -> dict[str, Any]:
    return {
        "statuts": STATUTS,
        "statuts_tete": [STATUTS[i] for i in (2, 3, 6, 5, 1)],
        "nuances": [(nom, _rapport(couleur)) for nom, couleur in NUANCES],
        "accent": _rapport(settings.CLS_ACCENT),
        "fonds": FONDS,
        "rampe": range(6),
        **_navigation(),
        **_formulaires(),
        **_suivi(),
    }


def _rapport(couleur: str) -> str:
    return f"{theme.contraste(couleur, '#ffffff'):.1f}:1".replace(".", ",")


def _navigation() -> dict[str, Any]:
    entree, lien = navigation.Entree, navigation.Lien
    return {
        "fil": [lien("Contrats", "#"), lien("Rives d’Armel 2024-2028", "#"), lien("Galerie")],
        "onglets": [
            entree("Description", "#", est_courante=True),
            entree("Étapes", "#", compte="3/5"),
            entree("Indicateurs", "#", compte="1 à saisir", a_traiter=True),
            entree("Documents", "#", compte="2"),
        ],
        "filtres": [entree("Tous", "#", est_courante=True), entree("En cours", "#", compte="5")],
        "actifs": [entree("Échéance avant juillet 2028", "#")],
        "absences": [entree("En retard", "#", compte="2"), entree("Sans pilote", "#", compte="2")],
        "vues": [entree("Signés", "#", est_courante=True), entree("Signés ou en projet", "#")],
        "page": Paginator(range(238), 25).page(4),
        "manques": [lien("Un indicateur de résultat", "#"), lien("Le financement de 2027", "#")],
        "phases": [
            {"libelle": "Diagnostic", "precision": "mars 2023", "etat": "faite"},
            {"libelle": "Signature", "precision": "12 mars 2024", "etat": "faite"},
            {"libelle": "Mise en œuvre", "precision": "année 3 sur 5", "etat": "ici"},
            {"libelle": "Évaluation", "precision": "à partir de 2028", "etat": "a_venir"},
        ],
    }


def _formulaires() -> dict[str, Any]:
    refuse = {"titre": "Ouvrir un lieu d’écoute", "debut": "31/02/2026", "budget": "12O"}
    return {
        "formulaire": FormulaireExemple(refuse),
        "edition": FormulaireEnPlace(initial={"valeur": "28/02/2026"}, auto_id="id_repos_%s"),
        "edition_refusee": FormulaireEnPlace({"valeur": "31/02/2026"}, auto_id="id_refus_%s"),
    }


def _suivi() -> dict[str, Any]:
    territoire = Changement("territoire", "territoire", "10 communes", "12 communes")
    return {
        "travaux": {
            etat: SimpleNamespace(id=etat.lower(), etat=etat, progression=62, message="", est_fini=True)
            for etat in ("EN_COURS", "FAIT")
        }
        | {
            "ECHEC": SimpleNamespace(
                id="echec", etat="ECHEC", progression=40, est_fini=True,
                message="Section « Le mot de l’élue » : la photo n’a pas de texte de remplacement.",
            )
        },
        "moi": "Camille Rozec",
        "evenements": [
            Evenement(UN_JOUR, "Camille Rozec", "page", "update", (territoire,)),
            Evenement(UN_JOUR - dt.timedelta(days=14), "", "import", "insert", ()),
        ],
        "repartition": navigation.repartition(
            [("REALISEE", "réalisées", 2), ("REALISEE_PARTIELLEMENT", "en partie", 1),
             ("EN_COURS", "en cours", 5), ("A_VENIR", "à venir", 2), ("A_DISCUTER", "à discuter", 1),
             ("EN_RETARD", "en retard", 2), ("BLOQUEE", "bloquée", 1)]
        ),
        "classes": [
            {"rang": rang, "libelle": libelle, "effectif": None, "part": ""}
            for rang, libelle in enumerate(
                ("moins de 20", "20 à 40", "40 à 60", "60 à 80", "80 et plus"), start=1
            )
        ],
        "chiffres": [(f"62{FINE}%", "des habitants couverts par un contrat signé"),
                     ("412", "contrats en cours")],
    }  # fmt: skip
