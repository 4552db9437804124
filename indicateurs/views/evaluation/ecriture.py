"""Préparer une évaluation, la corriger, la retirer, y poser la trame."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from acteurs.droits import Droit
from cls_platform.socle.historique import historique
from cls_platform.socle.navigation import Lien
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.views.edition import Edition, confirmer, editer
from contrats.views.portes import contrat_suivi, recu, voir
from indicateurs.evaluation.affichage import adresse_de
from indicateurs.evaluation.calendrier import proposee
from indicateurs.forms.evaluation import (
    FormulaireEvaluation,
    FormulaireEvaluationModifiee,
    FormulaireTrame,
)
from indicateurs.models import CritereEvaluation, Evaluation, MomentEvaluation
from indicateurs.services import evaluations as services
from indicateurs.services.trame import Proposition, poser_la_trame, proposition
from indicateurs.views.evaluation.portes import PIECE, contexte_evaluation, evaluation_modifiable

TITRES = {
    MomentEvaluation.MI_PARCOURS: "Évaluation à mi-parcours",
    MomentEvaluation.FINALE: "Évaluation finale",
    MomentEvaluation.AUTRE: "Évaluation",
}


@require_http_methods(["GET", "HEAD", "POST"])
def ajouter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`?moment=` : le titre et les dates d’usage sont déjà écrits, et se changent."""
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.GERER_INDICATEURS, contrat)
    edition = Edition(
        former=partial(FormulaireEvaluation, initial=_depart(request, contrat)),
        ecrire=partial(services.preparer_evaluation, contrat=contrat),
        contexte=lambda *suite: contexte_espace(request, contrat, PIECE, suite=suite),
        titre="Préparer une évaluation",
        sujet=contrat.nom,
        suite=lambda evaluation: adresse_de(evaluation.pk),
        retour=reverse("indicateurs:evaluations", args=[pk]),
        geste="Ajouter",
    )
    return editer(request, edition)


def _depart(request: HttpRequest, contrat: Contrat) -> dict[str, Any]:
    demande = request.GET.get("moment", "")
    moment = MomentEvaluation(demande) if demande in TITRES else MomentEvaluation.MI_PARCOURS
    periode = proposee(moment, contrat.date_debut, contrat.date_fin)
    dates = {"date_debut": periode.debut, "date_fin": periode.fin} if periode else {}
    return {"moment": moment, "titre": TITRES[moment]} | dates


@require_http_methods(["GET", "HEAD", "POST"])
def modifier(request: HttpRequest, pk: UUID) -> HttpResponse:
    evaluation = evaluation_modifiable(request, pk)
    edition = Edition(
        objet=evaluation,
        former=partial(FormulaireEvaluationModifiee, objet=evaluation),
        ecrire=partial(services.modifier_evaluation, evaluation=evaluation),
        contexte=lambda *suite: (
            contexte_evaluation(request, evaluation, *suite)
            | {"evenements": historique(evaluation, limite=8, sauf=("contrat",))}
        ),
        titre="Modifier l’évaluation",
        sujet=evaluation.titre,
        retour=adresse_de(pk),
        gabarit="indicateurs/objet.html",
        retirer=reverse("indicateurs:evaluation_retirer", args=[pk]),
    )
    return editer(request, edition)


@require_http_methods(["GET", "HEAD", "POST"])
def retirer(request: HttpRequest, pk: UUID) -> HttpResponse:
    evaluation = evaluation_modifiable(request, pk)
    return confirmer(
        request,
        retirer=partial(services.retirer_evaluation, evaluation=evaluation),
        contexte=partial(contexte_evaluation, request, evaluation),
        titre="Retirer l’évaluation",
        question=f"Retirer « {evaluation.titre} »\u202f?",
        consequence=_ce_qui_part(evaluation),
        apres=reverse("indicateurs:evaluations", args=[evaluation.contrat_id]),
        retour=adresse_de(pk),
    )


def _ce_qui_part(evaluation: Evaluation) -> str:
    nombres = (
        (evaluation.etapes.count(), "étape"),
        (evaluation.questions.count(), "question"),
        (evaluation.recommandations.count(), "recommandation"),
    )
    dits = [f"{n} {mot}{'s' if n > 1 else ''}" for n, mot in nombres if n]
    if not dits:
        return "Elle est vide\u00a0: rien d’autre ne part."
    return f"Partent avec elle\u00a0: {', '.join(dits)}. Les indicateurs et les actions restent."


@require_http_methods(["GET", "HEAD", "POST"])
def trame(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Des questions et des étapes toutes prêtes ; on coche celles que l’on garde."""
    evaluation = evaluation_modifiable(request, pk)
    offre = proposition(evaluation)
    form = FormulaireTrame(recu(request), cles=offre.cles)
    if request.method == "POST" and form.is_valid():
        cles = form.cleaned_data["cles"]
        nombre = poser_la_trame(evaluation=evaluation, cles=cles, par=request.user)
        accord = "s ajoutés" if nombre > 1 else " ajouté"
        messages.success(request, f"{nombre} élément{accord}. Chacun se modifie.")
        return voir(adresse_de(pk))
    contexte = contexte_evaluation(request, evaluation, Lien("Proposer une trame")) | {
        "form": form,
        "cochees": set(request.POST.getlist("cles") if form.is_bound else offre.cles),
        "questions": _par_critere(offre),
        "etapes": offre.etapes,
        "sans_dates": not offre.etapes and not evaluation.etapes.exists(),
    }
    statut = 422 if form.errors else 200
    return render(request, "indicateurs/evaluation/trame.html", contexte, status=statut)


def _par_critere(offre: Proposition) -> list[tuple[str, list[Any]]]:
    groupes = [
        (str(critere.label), [q for q in offre.questions if q.critere == critere.value])
        for critere in CritereEvaluation
    ]
    return [(mot, questions) for mot, questions in groupes if questions]
