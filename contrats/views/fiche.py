"""Un contrat : sa vue d’ensemble, le créer, le décrire, changer sa phase."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from acteurs.droits import Droit
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.historique import historique
from cls_platform.socle.navigation import Entree, Lien
from contrats import arborescence
from contrats.a_faire.cible import Cible
from contrats.etats import Phase, transition, transitions_depuis
from contrats.forms.contrat import (
    FormulaireContrat,
    FormulaireCreation,
    FormulairePhase,
)
from contrats.models import Contrat
from contrats.navigation import contexte_espace, contexte_general, nom_et_periode
from contrats.parcours import frise, prochaine_etape
from contrats.permissions import exiger, exiger_general
from contrats.presentation.suivi_ars import suivi_montre
from contrats.services.cycle_de_vie import changer_phase, creer_contrat, modifier_contrat
from contrats.views.edition import Edition, editer
from contrats.views.portes import contrat_suivi, recu, voir

LIMITE_DU_JOURNAL = 12


@require_GET
def fiche(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat, le = contrat_suivi(request, pk, "region", "ars"), timezone.localdate()
    contexte = contexte_espace(request, contrat, "fiche")
    lisibles = contrat.actions.lisibles_par(request.user)
    points = lisibles.points_a_traiter(le)
    droits, passages = contexte["droits"], contrat.passages.chronologiques()
    contexte |= {
        "titre": nom_et_periode(contrat),
        "repartition": arborescence.repartition_des_statuts(lisibles.pour_plan(le)),
        "total": points["total"],
        "points": points,
        "frise": frise(contrat, passages, le),
        "etape": prochaine_etape(contrat, contexte["comptes"] | points, droits, le),
        "passages": passages,
        "gestes": _gestes(contrat) if Droit.CHANGER_PHASE in droits else [],
        "peut_modifier": Droit.MODIFIER_CONTRAT in droits,
        "evenements": historique(contrat, limite=LIMITE_DU_JOURNAL),
        "moi": str(request.user),
        "suivi_ars": suivi_montre(Cible(contrat.region_id, contrat), le)
        if Droit.PILOTER_REGION in droits
        else None,
    }
    return render(request, "contrats/fiche.html", contexte)


def _gestes(contrat: Contrat) -> list[Entree]:
    """Un bouton par passage que la table permet depuis la phase actuelle."""
    return [
        Entree(
            passage.geste,
            reverse("contrats:changer_phase", args=[contrat.pk, passage.vers.lower()]),
            est_courante=not passage.exige_raison,
        )
        for passage in transitions_depuis(contrat.phase)
    ]


@require_http_methods(["GET", "POST"])
def creer(request: HttpRequest) -> HttpResponse:
    exiger_general(request.user, Droit.CREER_CONTRAT)

    def ecrire(*, valeurs: dict[str, Any], par: Any) -> Contrat:
        return creer_contrat(valeurs=valeurs, le=timezone.localdate(), par=par)

    edition = Edition(
        former=FormulaireCreation,
        ecrire=ecrire,
        contexte=lambda *suite: contexte_general(request, "contrats", suite=suite),
        suite=lambda contrat: reverse("contrats:fiche", args=[contrat.pk]),
        titre="Nouveau contrat",
        retour=reverse("contrats:espace"),
        geste="Créer le contrat",
    )
    return editer(request, edition)


@require_http_methods(["GET", "POST"])
def modifier(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_CONTRAT, contrat)
    edition = Edition(
        objet=contrat,
        former=partial(FormulaireContrat, objet=contrat),
        ecrire=partial(modifier_contrat, contrat=contrat),
        contexte=lambda *suite: contexte_espace(request, contrat, "fiche", suite=suite),
        titre="Modifier le contrat",
        retour=reverse("contrats:fiche", args=[pk]),
    )
    return editer(request, edition)


@require_http_methods(["GET", "POST"])
def phase(request: HttpRequest, pk: UUID, vers: str) -> HttpResponse:
    """Une page par passage permis ; les autres n’existent pas (404)."""
    contrat = contrat_suivi(request, pk)
    passage = transition(contrat.phase, vers.upper())
    if vers.upper() not in Phase.values or passage is None:
        raise Http404
    exiger(request.user, passage.droit, contrat)
    form = FormulairePhase(
        recu(request),
        passage=passage,
        initial={"date_effet": timezone.localdate(), "version": contrat.version},
    )
    retour = reverse("contrats:fiche", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            changer_phase(contrat=contrat, vers=passage.vers, par=request.user, **form.cleaned_data)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return voir(retour)
    contexte = contexte_espace(request, contrat, "fiche", suite=[Lien(passage.geste)]) | {
        "form": form,
        "titre": passage.geste,
        "sujet": f"{nom_et_periode(contrat)}, en phase « {Phase(contrat.phase).label} »",
        "geste": passage.geste,
        "retour": retour,
    }
    statut = 422 if form.errors else 200
    return render(request, "contrats/formulaire.html", contexte, status=statut)
