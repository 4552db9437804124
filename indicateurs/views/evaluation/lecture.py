"""Lire les évaluations d’un contrat : la liste, une évaluation, son plan à emporter."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from acteurs.droits import Droit
from cls_platform.socle.historique import historique
from cls_platform.socle.telechargement import a_telecharger
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.views.portes import contrat_suivi
from indicateurs.evaluation import affichage
from indicateurs.evaluation.calendrier import proposee
from indicateurs.evaluation.export import CLASSEURS, classeur
from indicateurs.evaluation.valeurs import valeurs_de
from indicateurs.models import Evaluation, MomentEvaluation, Recommandation, SuiteDonnee
from indicateurs.services.trame import periode_de
from indicateurs.views.evaluation.portes import (
    PIECE,
    contexte_evaluation,
    evaluation_suivie,
    onglets,
)

A_PROPOSER = (MomentEvaluation.MI_PARCOURS, MomentEvaluation.FINALE)


@require_safe
def evaluations(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Celles du contrat, et celles que ses dates invitent à préparer."""
    contrat, le = contrat_suivi(request, pk), timezone.localdate()
    lues = list(contrat.evaluations.pour_liste())
    contexte = contexte_espace(request, contrat, PIECE) | {
        "evaluations": [(e, affichage.etat_de_l_evaluation(e, le)) for e in lues],
        "propositions": _propositions(contrat, lues),
        "onglets": onglets(contrat, "evaluations", _en_retard(contrat)),
    }
    contexte["peut_gerer"] = Droit.GERER_INDICATEURS in contexte["droits"]
    return render(request, "indicateurs/evaluation/liste.html", contexte)


def _propositions(contrat: Contrat, lues: list[Evaluation]) -> list[tuple[MomentEvaluation, Any]]:
    """(moment, période d’usage ou None) pour chaque évaluation que le contrat n’a pas."""
    presents = {evaluation.moment for evaluation in lues}
    return [
        (moment, proposee(moment, contrat.date_debut, contrat.date_fin))
        for moment in A_PROPOSER
        if moment not in presents
    ]


def _en_retard(contrat: Contrat) -> int:
    return Recommandation.objects.du_contrat(contrat).en_retard(timezone.localdate()).count()


@require_safe
def evaluation(request: HttpRequest, pk: UUID) -> HttpResponse:
    lue = evaluation_suivie(request, pk)
    contexte = contexte_evaluation(request, lue) | _contenu(request, lue)
    contexte |= {
        "etat": affichage.etat_de_l_evaluation(lue, timezone.localdate()),
        "calendrier": affichage.calendrier(contexte["etapes"], timezone.localdate()),
        "usage": None if lue.date_debut else periode_de(lue),
        "evenements": historique(lue, limite=12, sauf=("contrat",)),
        "moi": str(request.user),
        "suites": SuiteDonnee.choices,
        "parametres": "",
    }
    return render(request, "indicateurs/evaluation/evaluation.html", contexte)


def _contenu(request: HttpRequest, lue: Evaluation) -> dict[str, Any]:
    """Étapes, questions par critère, recommandations ; le nombre de requêtes est constant."""
    le = timezone.localdate()
    questions = list(lue.questions.avec_indicateurs())
    cites = [indicateur for question in questions for indicateur in question.indicateurs.all()]
    recommandations = lue.recommandations.avec_actions_lisibles(request.user).avec_retard(le)
    return {
        "etapes": affichage.etapes_montrees(lue.etapes.all(), le),
        "criteres": affichage.criteres(questions, valeurs_de(lue.contrat, cites)),
        "nombre_questions": len(questions),
        "repondues": sum(bool(question.reponse) for question in questions),
        "recommandations": [
            affichage.recommandation_montree(r) for r in recommandations.par_urgence()
        ],
    }


@require_safe
def exporter(request: HttpRequest, pk: UUID, extension: str) -> HttpResponse:
    """Le plan d’évaluation en classeur : questions, calendrier, recommandations."""
    lue = evaluation_suivie(request, pk)
    if extension not in CLASSEURS:
        raise Http404
    contenu = _contenu(request, lue)
    trois = (contenu[nom] for nom in ("criteres", "etapes", "recommandations"))
    octets = classeur(extension, *trois)
    nom = f"{slugify(lue.titre)[:60] or 'evaluation'}-{lue.contrat.slug}"
    return a_telecharger(octets, nom, extension)
