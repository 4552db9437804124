"""Ajouter, corriger, ranger et retirer ce que contient une évaluation.

Trois gestes pour trois sortes : l’adresse dit laquelle.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from contrats.views.edition import Edition, confirmer, editer
from contrats.views.portes import voir
from indicateurs.evaluation.affichage import adresse_de
from indicateurs.forms import evaluation as formulaires
from indicateurs.histoire import histoire_de
from indicateurs.models import EtapeEvaluation, QuestionEvaluative, Recommandation
from indicateurs.services import contenu_evaluation as services
from indicateurs.views.evaluation.portes import (
    contexte_evaluation,
    element_modifiable,
    evaluation_modifiable,
)

METHODES = ["GET", "HEAD", "POST"]
SENS = ("monter", "descendre")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorte:
    """`ancre` : la section de la page de l’évaluation où cette sorte se lit."""

    modele: Any
    neuf: Any
    modifie: Any
    nom: str
    ajouter: str
    modifier: str
    retrait: str
    route_du_retrait: str
    ancre: str


QUESTION = Sorte(
    modele=QuestionEvaluative,
    neuf=formulaires.FormulaireQuestion,
    modifie=formulaires.FormulaireQuestionModifiee,
    nom="la question",
    ajouter="Ajouter une question",
    modifier="Modifier la question",
    retrait="Ses recommandations restent, sans question.",
    route_du_retrait="indicateurs:question_retirer",
    ancre="questions",
)
ETAPE = Sorte(
    modele=EtapeEvaluation,
    neuf=formulaires.FormulaireEtape,
    modifie=formulaires.FormulaireEtapeModifiee,
    nom="l’étape de l’évaluation",
    ajouter="Ajouter une étape à l’évaluation",
    modifier="Modifier l’étape de l’évaluation",
    retrait="Le reste du calendrier ne change pas.",
    route_du_retrait="indicateurs:etape_retirer",
    ancre="calendrier",
)
RECOMMANDATION = Sorte(
    modele=Recommandation,
    neuf=formulaires.FormulaireRecommandation,
    modifie=formulaires.FormulaireRecommandationModifiee,
    nom="la recommandation",
    ajouter="Ajouter une recommandation",
    modifier="Modifier la recommandation",
    retrait="Les actions qui la mettent en œuvre restent dans le plan.",
    route_du_retrait="indicateurs:recommandation_retirer",
    ancre="recommandations",
)


@require_http_methods(METHODES)
def ajouter(request: HttpRequest, pk: UUID, sorte: Sorte) -> HttpResponse:
    evaluation = evaluation_modifiable(request, pk)
    former = partial(
        sorte.neuf,
        evaluation=evaluation,
        utilisateur=request.user,
        initial={"question": request.GET.get("question")},
    )
    edition = Edition(
        former=former,
        ecrire=partial(services.ajouter_element, evaluation=evaluation, sorte=sorte.modele),
        contexte=partial(contexte_evaluation, request, evaluation),
        titre=sorte.ajouter,
        sujet=evaluation.titre,
        retour=adresse_de(pk, sorte.ancre),
        geste="Ajouter",
    )
    return editer(request, edition)


@require_http_methods(METHODES)
def modifier(request: HttpRequest, pk: UUID, sorte: Sorte) -> HttpResponse:
    element = element_modifiable(request, sorte.modele, pk)
    evaluation = element.evaluation
    former = partial(sorte.modifie, objet=element, evaluation=evaluation, utilisateur=request.user)
    edition = Edition(
        objet=element,
        former=former,
        ecrire=partial(services.modifier_element, element=element),
        contexte=lambda *suite: (
            contexte_evaluation(request, evaluation, *suite)
            | {"evenements": histoire_de(element, request.user, sauf=("evaluation",))}
        ),
        titre=sorte.modifier,
        sujet=evaluation.titre,
        retour=adresse_de(evaluation.pk, sorte.ancre),
        gabarit="indicateurs/objet.html",
        retirer=reverse(sorte.route_du_retrait, args=[pk]),
    )
    return editer(request, edition)


@require_http_methods(METHODES)
def retirer(request: HttpRequest, pk: UUID, sorte: Sorte) -> HttpResponse:
    element = element_modifiable(request, sorte.modele, pk)
    return confirmer(
        request,
        retirer=partial(services.retirer_element, element=element),
        contexte=partial(contexte_evaluation, request, element.evaluation),
        titre=f"Retirer {sorte.nom}",
        question=f"Retirer « {element} »\u202f?",
        consequence=sorte.retrait,
        retour=adresse_de(element.evaluation_id, sorte.ancre),
    )


@require_POST
def deplacer_question(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Monte ou descend la question parmi celles de son critère."""
    element = element_modifiable(request, QuestionEvaluative, pk)
    if request.POST.get("vers") in SENS:
        services.deplacer_element(element=element, vers=request.POST["vers"], par=request.user)
    return voir(adresse_de(element.evaluation_id, "questions"))


@require_POST
def cocher(request: HttpRequest, pk: UUID) -> HttpResponse:
    """L’étape est faite aujourd’hui, ou de nouveau à faire (`geste` vaut « rouvrir »)."""
    element = element_modifiable(request, EtapeEvaluation, pk)
    fait_le = None if request.POST.get("geste") == "rouvrir" else timezone.localdate()
    services.cocher_etape(etape=element, fait_le=fait_le, par=request.user)
    return voir(adresse_de(element.evaluation_id, "calendrier"))
