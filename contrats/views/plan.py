"""Le plan d’actions : la page en arbre, et l’ajout d’une fiche, d’un axe, d’un objectif."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_http_methods

from acteurs.droits import Droit
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.navigation import Lien, Repartition
from contrats import affichage, arborescence, completude
from contrats.filters import FiltresDuPlan
from contrats.forms.action import FormulaireAction
from contrats.forms.plan import FormulaireAxe, FormulaireObjectif
from contrats.models import Action, Axe, Contrat, Objectif
from contrats.navigation import contexte_espace
from contrats.parcours import frise, prochaine_etape
from contrats.permissions import exiger, peut_sur_action, peut_sur_des_actions
from contrats.presentation.argent_du_plan import cout_et_financement, couts_par_fiche
from contrats.presentation.lignes import Pilotage, est_partagee
from contrats.presentation.partagees import fiches_partagees, rangee
from contrats.presentation.repli import Repli, repli_de
from contrats.services.plan import creer_action, creer_axe, creer_objectif
from contrats.views import filtres_plan
from contrats.views.portes import contrat_suivi, recu, voir
from contrats.views.vues import page as vues

# Numéro, fiche, statut, pilote, échéance, avancement
COLONNES_FIXES = 6


@dataclass(slots=True)
class AxeAffiche:
    """Un tbody du plan ; sans axe, le groupe de fin."""

    cle: str
    titre: str
    nombre: str
    avancement: str
    budget: str
    branches: list[arborescence.Branche]
    repli: Repli


@dataclass(slots=True)
class PlanAffiche:
    groupes: list[AxeAffiche]
    repartition: Repartition
    avancement: str
    montrees: int
    fiches: Sequence[Mapping[str, Any]]
    colonnes: int
    partagees: int = 0
    argent: str = ""
    avec_budget: bool = False


@require_GET
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat, le = contrat_suivi(request, pk), timezone.localdate()
    if autre := vues.autre_page(request, contrat, le):
        return autre
    contexte = contexte_espace(request, contrat, "plan")
    contexte |= vues.autour(request, contrat, "arbre")
    partagees = (
        fiches_partagees(contrat, request.GET, request.user, le) if contexte["recues"] else []
    )
    affiche = lire_plan(
        contrat, request.GET, request.user, contexte["droits"], le, partagees=partagees
    )
    lisibles = contrat.actions.lisibles_par(request.user)
    if Droit.MODIFIER_PLAN in contexte["droits"]:
        points = Action.objects.points_du_plan(contrat, le)
        remplis = completude.moyenne_de(*Action.objects.completude_du_plan(contrat))
    else:
        points = lisibles.points_a_traiter(le)
        remplis = completude.moyenne(fiche["remplis"] for fiche in lisibles.pour_completude())
    comptes = contexte["comptes"] | points
    contexte |= {
        "plan": affiche,
        "total": points["total"],
        "filtres": filtres_plan.menus(request, contrat, affiche.fiches, contexte["droits"]),
        "actifs": filtres_plan.actifs(request, contrat),
        "absences": filtres_plan.absences(request, points, contexte["droits"]),
        "frise": frise(contrat, contrat.passages.dates_de(contrat), le),
        "etape": prochaine_etape(contrat, comptes, contexte["droits"], le),
        "peut_ajouter": Droit.MODIFIER_PLAN in contexte["droits"],
        "completude": remplis,
        "montrees": affiche.montrees,
        "peut_cocher": peut_sur_des_actions(contexte["droits"], Droit.MODIFIER_PLAN),
    }
    return render(request, "contrats/plan.html", contexte)


def lire_plan(
    contrat: Contrat,
    parametres: QueryDict,
    utilisateur: Any,
    droits: frozenset[Droit],
    le: date,
    *,
    partagees: Sequence[Mapping[str, Any]] = (),
) -> PlanAffiche:
    """Les fiches qui passent les filtres, en arbre ; six requêtes au plus.

    `partagees` : celles d’autres contrats, qui se lisent à leur place sans compter.
    """
    filtre = FiltresDuPlan(
        parametres,
        queryset=contrat.actions.lisibles_par(utilisateur),
        le=le,
        par=utilisateur,
        sans_formulaire=True,
    )
    filtre.exiger_valide()
    avec_coche = peut_sur_des_actions(droits, Droit.MODIFIER_PLAN)
    avec_budget = Droit.VOIR_BUDGET in droits
    fiches = _fiches_lues(contrat, utilisateur, droits, le)
    if filtre.actifs:
        gardees = set(filtre.qs.values_list("pk", flat=True))
        fiches = [fiche for fiche in fiches if fiche["id"] in gardees]
    if avec_budget:
        couts = couts_par_fiche(contrat)
        fiches = [fiche | {"cout": couts.get(fiche["id"])} for fiche in fiches]
    groupes = arborescence.arbre(
        Axe.objects.charpente(contrat),
        Objectif.objects.charpente(contrat),
        [*fiches, *partagees],
        entier=not filtre.actifs,
    )
    axes = [axe_affiche(groupe, contrat, parametres) for groupe in groupes]
    for axe in axes:
        for branche in axe.branches:
            lignes = [
                rangee(fiche, le, axe.repli.cache, avec_coche=avec_coche, avec_budget=avec_budget)
                if est_partagee(fiche)
                else ligne_de(fiche, utilisateur, droits, le, etat=axe.repli.cache)
                for fiche in branche.fiches
            ]
            branche.rangees = SafeString("\n".join(lignes))
            if branche.nombre:
                branche.ecrit = affichage.avancement(branche.avancement)
            if branche.cout is not None:
                branche.budget = affichage.budget(branche.cout)
    return PlanAffiche(
        groupes=axes,
        repartition=arborescence.repartition_des_statuts(fiches),
        avancement=affichage.avancement(arborescence.moyenne(fiches)) if fiches else "",
        montrees=len(fiches),
        fiches=fiches,
        colonnes=COLONNES_FIXES + avec_coche + avec_budget,
        partagees=len(partagees),
        argent=cout_et_financement(contrat, fiches) if avec_budget else "",
        avec_budget=avec_budget,
    )


def _fiches_lues(
    contrat: Contrat, utilisateur: Any, droits: frozenset[Droit], le: date
) -> list[Any]:
    """Qui modifie le plan lit tout (requête figée) ; les autres, sans les fiches restreintes."""
    if Droit.MODIFIER_PLAN in droits:
        return Action.objects.lignes_du_plan(contrat, le)
    return list(contrat.actions.lisibles_par(utilisateur).pour_plan(le))


def ligne_de(
    fiche: Mapping[str, Any],
    utilisateur: Any,
    droits: frozenset[Droit],
    le: date,
    *,
    etat: str = "",
) -> SafeString:
    pilotage = Pilotage(fiche["pilote_id"], fiche["pilote_personne_id"])
    return affichage.ligne(
        fiche,
        le=le,
        etat=etat,
        avec_coche=peut_sur_des_actions(droits, Droit.MODIFIER_PLAN),
        avec_budget=Droit.VOIR_BUDGET in droits,
        est_modifiable=peut_sur_action(utilisateur, Droit.MODIFIER_PLAN, pilotage, droits),  # type: ignore[arg-type]  # un pilotage suffit à la règle
        pilote_modifiable=Droit.MODIFIER_PLAN in droits,
    )


def axe_affiche(groupe: arborescence.Groupe, contrat: Contrat, parametres: QueryDict) -> AxeAffiche:
    axe = groupe.axe
    cle = str(axe["id"]) if axe else "sans-axe"
    return AxeAffiche(
        cle=cle,
        titre=f"Axe {axe['numero']}. {axe['titre']}" if axe else "Fiches sans axe",
        nombre=affichage.nombre_de_fiches(groupe.nombre),
        avancement=affichage.avancement(groupe.avancement) if groupe.nombre else "",
        budget="" if groupe.cout is None else affichage.budget(groupe.cout),
        branches=groupe.branches,
        repli=repli_de(reverse("contrats:plan", args=[contrat.pk]), parametres, cle),
    )


@require_http_methods(["GET", "POST"])
def action_creer(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_PLAN, contrat)
    form = FormulaireAction(
        recu(request),
        contrat=contrat,
        seulement=CHAMPS_A_LA_CREATION,
        initial={"axe": request.GET.get("axe"), "objectif": request.GET.get("objectif")},
    )
    return _creer(request, contrat, form, creer_action, "Ajouter une fiche", "contrats:action")


CHAMPS_A_LA_CREATION = (
    "titre", "numero", "axe", "objectif", "statut", "date_debut", "date_fin", "pilote",
    "resume_public",
)  # fmt: skip


@require_http_methods(["GET", "POST"])
def axe_creer(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_PLAN, contrat)
    form = FormulaireAxe(recu(request))
    return _creer(request, contrat, form, creer_axe, "Ajouter un axe")


@require_http_methods(["GET", "POST"])
def objectif_creer(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_PLAN, contrat)
    form = FormulaireObjectif(
        recu(request), contrat=contrat, initial={"axe": request.GET.get("axe")}
    )
    return _creer(request, contrat, form, creer_objectif, "Ajouter un objectif")


def _creer(
    request: HttpRequest, contrat: Contrat, form: Any, service: Any, titre: str, suite: str = ""
) -> HttpResponse:
    """Écrit par le service et va à la fiche (ou au plan) ; refusé, rend la page, rien de perdu."""
    plan_du_contrat = reverse("contrats:plan", args=[contrat.pk])
    if request.method == "POST" and form.is_valid():
        try:
            objet = service(contrat=contrat, valeurs=form.valeurs(), par=request.user)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return voir(reverse(suite, args=[objet.pk]) if suite else plan_du_contrat)
    contexte = contexte_espace(request, contrat, "plan", suite=[Lien(titre)]) | {
        "form": form,
        "titre": titre,
        "geste": titre,
        "retour": plan_du_contrat,
    }
    return render(request, "contrats/formulaire.html", contexte, status=422 if form.errors else 200)
