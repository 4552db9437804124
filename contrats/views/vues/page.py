"""Les vues du plan autres que l’arbre : les mêmes fiches, la même adresse, un autre regard."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from acteurs.droits import Droit
from cls_platform.socle.navigation import Lien
from contrats.adresses import adresse_sans
from contrats.filters import FiltresDuPlan
from contrats.models import Contrat, Contribution, PartageAction, VueEnregistree
from contrats.navigation import contexte_espace
from contrats.permissions import peut_sur_des_actions
from contrats.presentation import (
    barre,
    calendrier,
    extraits,
    groupes,
    lignes,
    matrices,
    partagees,
    tableau,
)
from contrats.presentation.lignes import Ligne
from contrats.views import filtres_plan
from contrats.views.portes import contrat_suivi, en_place

# Les vues où chaque fiche a sa case
COCHABLES = frozenset({"tableau", "cartes", "pilotes", "themes"})


@dataclass(frozen=True, slots=True)
class Selection:
    """Les fiches qui passent les filtres ; `recues` : celles que d’autres contrats partagent."""

    contrat: Contrat
    actions: Any
    lignes: list[Ligne]
    recues: partagees.Recues
    le: date

    @property
    def toutes(self) -> list[Ligne]:
        return [*self.lignes, *self.recues.lignes]


def autre_page(request: HttpRequest, contrat: Contrat, le: date) -> HttpResponse | None:
    """La page d’une autre vue que l’arbre, ou celle d’un filtre mal écrit ; None pour l’arbre."""
    lisibles = contrat.actions.lisibles_par(request.user)
    filtre = FiltresDuPlan(
        request.GET, queryset=lisibles, le=le, par=request.user, sans_formulaire=True
    )
    try:
        filtre.exiger_valide()
    except BadRequest as erreur:
        return _refuse(request, contrat, filtre, str(erreur))
    vue = vue_demandee(request)
    if vue == barre.ARBRE:
        return None
    tri = request.GET.get("tri", "") if vue == "tableau" else ""
    siennes = list(filtre.qs.pour_vues(le, tri))
    recues = partagees.recues(contrat, request.GET, request.user, le, tri)
    selection = Selection(contrat, filtre.qs, siennes, recues, le)
    gabarit, lire = PAGES[vue]
    return render(request, gabarit, _contexte(request, selection, vue) | lire(request, selection))


def vue_demandee(request: HttpRequest) -> str:
    """Une vue inconnue est l’arbre ; des réponses sans question aussi."""
    vue = request.GET.get("vue", "")
    if vue == barre.EXTRAITS and not request.GET.get("recherche", "").strip():
        return barre.ARBRE
    return vue if vue in PAGES else barre.ARBRE


def autour(request: HttpRequest, contrat: Contrat, vue: str) -> dict[str, Any]:
    """Ce que la barre des vues montre, sur l’arbre comme ailleurs."""
    return {
        "onglets": barre.onglets(request, vue),
        "caches": barre.caches_de_recherche(request.GET),
        "vues": VueEnregistree.objects.liens_du_plan(contrat, request.user),
        "adresse_en_cours": request.GET.urlencode(),
        **PartageAction.objects.comptes(contrat),
        "nouvelles": Contribution.objects.nombre_a_traiter(contrat),
    }


@require_GET
def filtres(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Le panneau de tous les filtres : dans la page quand elle le demande, sinon une page."""
    contrat = contrat_suivi(request, pk)
    listes, dates = barre.panneau(contrat, request.GET, request.user)
    contexte = {
        "caches_du_panneau": barre.champs_caches(request.GET, *barre.noms_du_panneau()),
        "listes": listes,
        "dates": dates,
        "adresse_du_plan": reverse("contrats:plan", args=[pk]),
    }
    if en_place(request):
        return render(request, "contrats/vues/fragments/_panneau.html", contexte)
    contexte |= contexte_espace(request, contrat, "plan", suite=[Lien("Tous les filtres")])
    return render(request, "contrats/vues/filtres.html", contexte)


def _contexte(request: HttpRequest, selection: Selection, vue: str) -> dict[str, Any]:
    contrat = selection.contrat
    contexte = contexte_espace(request, contrat, "plan")
    points = contrat.actions.lisibles_par(request.user).points_a_traiter(selection.le)
    return (
        contexte
        | autour(request, contrat, vue)
        | {
            "total": points["total"],
            "montrees": len(selection.lignes),
            "partagees_montrees": len(selection.recues.lignes),
            "filtres": filtres_plan.menus(request, contrat, selection.lignes, contexte["droits"]),
            "actifs": filtres_plan.actifs(request, contrat),
            "absences": filtres_plan.absences(request, points, contexte["droits"]),
            "peut_ajouter": Droit.MODIFIER_PLAN in contexte["droits"],
            "peut_cocher": vue in COCHABLES
            and peut_sur_des_actions(contexte["droits"], Droit.MODIFIER_PLAN),
            "cochables": lignes.cochables(selection.lignes, request.user, contexte["droits"]),
        }
    )


def _refuse(
    request: HttpRequest, contrat: Contrat, filtre: FiltresDuPlan, message: str
) -> HttpResponse:
    """Dit ce qui n’a pas été compris et propose le plan sans ce filtre."""
    nom = next(iter(filtre.errors))
    adresse = request.path
    for valeur in request.GET.getlist(nom)[:1]:
        adresse = adresse_sans(request.path, request.GET, nom, valeur)
    contexte = contexte_espace(request, contrat, "plan") | {
        "message": message,
        "adresse": adresse,
    }
    return render(request, "contrats/vues/filtre_refuse.html", contexte, status=400)


def _tableau(request: HttpRequest, selection: Selection) -> dict[str, Any]:
    choisies, recues = tableau.colonnes_choisies(request.GET), selection.recues
    return {
        "entetes": tableau.entetes(request.path, request.GET, choisies),
        "lignes": tableau.lignes_de_tableau(
            selection.lignes, selection.actions, choisies, selection.le
        ),
        "colonnes": tableau.choix_de_colonnes(choisies),
        "caches_des_colonnes": barre.champs_caches(request.GET, "colonnes"),
        "tris": tableau.entree_de_tri(request.path, request.GET),
        "partagees": tableau.lignes_de_tableau(
            recues.lignes, recues.actions, choisies, selection.le
        ),
    }


def _cartes(request: HttpRequest, selection: Selection) -> dict[str, Any]:
    return {"cartes": groupes.en_cartes(selection.toutes, _themes_de(selection), selection.le)}


def _calendrier(request: HttpRequest, selection: Selection) -> dict[str, Any]:
    jalons = list(selection.actions.jalons_lies())
    if selection.recues.lignes:
        jalons += selection.recues.actions.jalons_lies()
    return {"calendrier": calendrier.calendrier(selection.toutes, jalons, selection.le)}


def _pilotes(request: HttpRequest, selection: Selection) -> dict[str, Any]:
    return {"groupes": groupes.par_pilote(selection.toutes, selection.le)}


def _par_theme(request: HttpRequest, selection: Selection) -> dict[str, Any]:
    return {"groupes": groupes.par_theme(selection.toutes, _themes_de(selection), selection.le)}


def _themes_de(selection: Selection) -> groupes.Themes:
    themes, recues = lignes.noms_de(selection.actions, "themes"), selection.recues
    return themes | (lignes.noms_de(recues.actions, "themes") if recues.lignes else {})


def _matrices(request: HttpRequest, selection: Selection) -> dict[str, Any]:
    contrat, actions = selection.contrat, selection.actions
    return {
        "themes": matrices.themes_et_publics(actions, request.GET, request.path),
        "regionaux": matrices.regionaux_et_axes(contrat, actions, request.GET, request.path),
    }


def _extraits(request: HttpRequest, selection: Selection) -> dict[str, Any]:
    cherche = request.GET.get("recherche", "").strip()
    cles = [ligne["id"] for ligne in selection.lignes]
    return {
        "reponses": extraits.reponses(selection.actions, cles, cherche, selection.le),
        "partagees": [lignes.fiche_montree(f, selection.le) for f in selection.recues.lignes],
    }


PAGES: Mapping[str, tuple[str, Callable[[HttpRequest, Selection], dict[str, Any]]]] = {
    "tableau": ("contrats/vues/tableau.html", _tableau),
    "cartes": ("contrats/vues/cartes.html", _cartes),
    "calendrier": ("contrats/vues/calendrier.html", _calendrier),
    "pilotes": ("contrats/vues/pilotes.html", _pilotes),
    "themes": ("contrats/vues/themes.html", _par_theme),
    "matrices": ("contrats/vues/matrices.html", _matrices),
    barre.EXTRAITS: ("contrats/vues/extraits.html", _extraits),
}
