"""Ce que partagent les pages d’une évaluation : qui la lit, qui l’écrit, sa coque."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from acteurs.droits import Droit
from cls_platform.socle.navigation import Entree, Lien
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from indicateurs.evaluation.affichage import adresse_de
from indicateurs.models import Evaluation

PIECE = "evaluation"


def onglets(contrat: Contrat, courant: str, en_retard: int) -> tuple[Entree, ...]:
    """`en_retard` : les recommandations dont l’échéance est passée."""
    listes = reverse("indicateurs:evaluations", args=[contrat.pk])
    suivi = reverse("indicateurs:recommandations", args=[contrat.pk])
    return (
        Entree("Évaluations", listes, est_courante=courant == "evaluations"),
        Entree(
            "Recommandations",
            suivi,
            compte=f"{en_retard} en retard" if en_retard else "",
            a_traiter=bool(en_retard),
            est_courante=courant == "recommandations",
        ),
    )


def evaluation_suivie(request: HttpRequest, pk: UUID) -> Evaluation:
    suivies = Evaluation.objects.suivis_par(request.user)
    return get_object_or_404(suivies.select_related("contrat", "modifie_par"), pk=pk)


def evaluation_modifiable(request: HttpRequest, pk: UUID) -> Evaluation:
    evaluation = evaluation_suivie(request, pk)
    exiger(request.user, Droit.GERER_INDICATEURS, evaluation.contrat)
    return evaluation


def element_suivi(request: HttpRequest, sorte: Any, pk: UUID) -> Any:
    return get_object_or_404(sorte.objects.suivis_par(request.user).pour_page(), pk=pk)


def element_modifiable(request: HttpRequest, sorte: Any, pk: UUID) -> Any:
    element = element_suivi(request, sorte, pk)
    exiger(request.user, Droit.GERER_INDICATEURS, element.evaluation.contrat)
    return element


def contexte_evaluation(
    request: HttpRequest, evaluation: Evaluation, *suite: Lien
) -> dict[str, Any]:
    ici = Lien(evaluation.titre, adresse_de(evaluation.pk) if suite else "")
    contexte = contexte_espace(request, evaluation.contrat, PIECE, suite=[ici, *suite])
    return contexte | {
        "evaluation": evaluation,
        "peut_gerer": Droit.GERER_INDICATEURS in contexte["droits"],
    }
