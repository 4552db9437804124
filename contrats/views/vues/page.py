"""Les vues du plan autres que l’arbre : les mêmes fiches, la même adresse, un autre regard."""

from collections.abc import Callable, Collection, Mapping
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
from contrats.models import Action, Contrat, VueEnregistree
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
    """Les fiches qui passent les filtres ; `recues` : celles que d’autres contrats partagent.

    `cochables` : None quand la vue n’a pas de case, ou que la personne ne modifie aucune fiche.
    """

    contrat: Contrat
    actions: Any
    lignes: list[Ligne]
    recues: partagees.Recues
    le: date
    cochables: Collection[UUID] | None

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
    contexte = contexte_espace(request, contrat, "plan") | autour(request, contrat, vue)
    selection = _selectionner(request, contrat, filtre, vue, contexte)
    gabarit, lire = PAGES[vue]
    contexte |= _contexte(request, selection, contexte["droits"])
    return render(request, gabarit, contexte | lire(request, selection))


def _selectionner(
    request: HttpRequest,
    contrat: Contrat,
    filtre: FiltresDuPlan,
    vue: str,
    contexte: Mapping[str, Any],
) -> Selection:
    """Le filtre dit quelles fiches ; leurs lignes viennent d’une requête figée."""
    droits, le = contexte["droits"], filtre.le
    tri = request.GET.get("tri", "") if vue == "tableau" else ""
    parmi = None
    if filtre.actifs or Droit.MODIFIER_PLAN not in droits:
        parmi = list(filtre.qs.values_list("pk", flat=True))
    siennes = Action.objects.vues_du_plan(contrat, le, tri, parmi=parmi)
    recues = partagees.AUCUNE
    if contexte["recues"]:
        recues = partagees.recues(contrat, request.GET, request.user, le, tri)
    cochables = None
    if vue in COCHABLES and peut_sur_des_actions(droits, Droit.MODIFIER_PLAN):
        cochables = lignes.cochables(siennes, request.user, droits)
    return Selection(contrat, filtre.qs, siennes, recues, le, cochables)


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
        **Contrat.objects.attentes(contrat),
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


def _contexte(
    request: HttpRequest, selection: Selection, droits: frozenset[Droit]
) -> dict[str, Any]:
    contrat, le = selection.contrat, selection.le
    if Droit.MODIFIER_PLAN in droits:
        points = Action.objects.points_du_plan(contrat, le)
    else:
        points = contrat.actions.lisibles_par(request.user).points_a_traiter(le)
    return {
        "total": points["total"],
        "montrees": len(selection.lignes),
        "partagees_montrees": len(selection.recues.lignes),
        "filtres": filtres_plan.menus(request, contrat, selection.lignes, droits),
        "actifs": filtres_plan.actifs(request, contrat),
        "absences": filtres_plan.absences(request, points, droits),
        "peut_ajouter": Droit.MODIFIER_PLAN in droits,
        "peut_cocher": selection.cochables is not None,
        "cochables": selection.cochables or (),
    }


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
    choisies = tableau.colonnes_choisies(request.GET)
    return {
        "tete": tableau.tete(request.path, request.GET, choisies),
        "rangees": tableau.rangees(
            selection.lignes, choisies, selection.le, cochables=selection.cochables
        ),
        "colonnes": tableau.cases_de_colonnes(choisies),
        "caches_des_colonnes": barre.champs_caches(request.GET, "colonnes"),
        "tris": tableau.entree_de_tri(request.path, request.GET),
        "partagees": tableau.rangees(
            selection.recues.lignes, choisies, selection.le, cochables=selection.cochables
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
    return lignes.noms_de(lignes.cles_de(selection.toutes), "themes")


def _matrices(request: HttpRequest, selection: Selection) -> dict[str, Any]:
    contrat, actions = selection.contrat, selection.actions
    return {
        "themes": matrices.themes_et_publics(actions, request.GET, request.path),
        "regionaux": matrices.regionaux_et_axes(contrat, actions, request.GET, request.path),
    }


def _extraits(request: HttpRequest, selection: Selection) -> dict[str, Any]:
    cherche = request.GET.get("recherche", "").strip()
    return {
        "reponses": extraits.reponses(lignes.cles_de(selection.lignes), cherche, selection.le),
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
