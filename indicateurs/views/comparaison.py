"""Les indicateurs de contexte du contrat, à côté du département, de la région, de la France."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from acteurs.models import NiveauTerritoire
from cls_platform.socle.navigation import Entree, Lien
from cls_platform.socle.tableur import liste as tableur
from cls_platform.socle.tableur.feuille import Valeur
from cls_platform.socle.telechargement import a_telecharger
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.views.portes import contrat_suivi
from indicateurs.comparaison import (
    DEFAVORABLE,
    FAVORABLE,
    Comparaison,
    comparaisons_du_contrat,
)
from indicateurs.lieux_compares import lieux_du_contrat
from indicateurs.onglets import onglets_des_indicateurs

REGION = NiveauTerritoire.REGION
ENTETES = (
    "Code", "Indicateur", "Unité", "Ce qui est favorable", "Territoire", "Niveau", "Valeur",
    "Année", "Numérateur", "Dénominateur", "Écart du contrat", "Territoires renseignés",
    "Territoires réunis", "Pourquoi elle manque", "Source",
)  # fmt: skip
# ce que l’on peut ne garder : libellé, et si une comparaison en est
CHOIX = {
    "moins-bien": ("Moins favorable que la région", DEFAVORABLE),
    "mieux": ("Plus favorable que la région", FAVORABLE),
}
SANS_VALEUR = "sans-valeur"


@require_safe
def comparaison(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    lues = comparaisons_du_contrat(contrat)
    toutes = [c for c in lues if c.connues]
    voir = request.GET.get("voir", "")
    contexte = contexte_espace(request, contrat, "indicateurs", suite=[Lien("Comparaison")]) | {
        "onglets": onglets_des_indicateurs(contrat, "comparaison"),
        "lieux": lieux_du_contrat(contrat),
        "comparaisons": gardees(toutes, voir),
        "nombre": len(toutes),
        "sans_donnee": [c.indicateur.libelle for c in lues if not c.connues],
        "choix": _choix(contrat, toutes, voir),
        "voir": voir,
        "exports": [
            (mot, reverse("indicateurs:comparaison_exporter", args=[contrat.pk, extension]))
            for mot, extension in (("XLSX", "xlsx"), ("CSV", "csv"))
        ],
    }
    return render(request, "indicateurs/comparaison.html", contexte)


def gardees(toutes: Sequence[Comparaison], voir: str) -> list[Comparaison]:
    """Un choix inconnu garde tout."""
    if voir == SANS_VALEUR:
        return [c for c in toutes if not c.ici.ecrite]
    if voir in CHOIX:
        return [c for c in toutes if c.avis_de(REGION) == CHOIX[voir][1]]
    return list(toutes)


def _choix(contrat: Contrat, toutes: Sequence[Comparaison], voir: str) -> list[Entree]:
    """Les choix qui garderaient quelque chose ; celui qui est fait se retire."""
    page = reverse("indicateurs:comparaison", args=[contrat.pk])
    mots = {**{cle: mot for cle, (mot, _) in CHOIX.items()}, SANS_VALEUR: "Sans valeur ici"}
    entrees = []
    for cle, mot in mots.items():
        nombre = len(gardees(toutes, cle))
        if nombre or cle == voir:
            adresse = page if cle == voir else f"{page}?voir={cle}"
            entrees.append(Entree(mot, adresse, compte=str(nombre), est_courante=cle == voir))
    return entrees


@require_safe
def exporter(request: HttpRequest, pk: UUID, extension: str) -> HttpResponse:
    """Une ligne par indicateur et par territoire ; les nombres sont ceux de la page, entiers."""
    contrat = contrat_suivi(request, pk)
    if extension not in tableur.TYPES:
        raise Http404
    lignes = [li for c in comparaisons_du_contrat(contrat) for li in lignes_exportees(c)]
    nom = f"comparaison-{contrat.slug}-{timezone.localdate():%Y-%m-%d}"
    contenu = tableur.ecrire(extension, "Comparaison", ENTETES, lignes)
    return a_telecharger(contenu, nom, extension)


def lignes_exportees(comparee: Comparaison) -> list[list[Valeur]]:
    indicateur = comparee.indicateur
    return [
        [
            indicateur.pk,
            indicateur.libelle,
            indicateur.unite,
            indicateur.get_sens_display(),
            ligne.lieu.nom,
            ligne.lieu.mot,
            _flottant(ligne.lue.valeur),
            ligne.annee,
            _flottant(ligne.lue.numerateur),
            _flottant(ligne.lue.denominateur),
            ligne.ecart,
            ligne.lue.renseignes if ligne.lue.est_recalculee else None,
            ligne.lue.membres if ligne.lue.est_recalculee else None,
            "" if ligne.ecrite else ligne.lue.raison,
            ligne.lue.source,
        ]
        for ligne in comparee.lignes
    ]


def _flottant(valeur: object) -> float | None:
    return None if valeur is None else float(valeur)  # type: ignore[arg-type]  # un décimal ici
