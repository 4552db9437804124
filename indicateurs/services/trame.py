"""Poser dans une évaluation les questions et les étapes choisies dans la trame."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from acteurs.services.suivi import verrouiller
from contrats.permissions import exiger
from indicateurs.evaluation.calendrier import Periode, proposee
from indicateurs.evaluation.trame import EtapeDatee, QuestionProposee, encore_a_poser, trame
from indicateurs.models import EtapeEvaluation, Evaluation, QuestionEvaluative
from indicateurs.services.contenu_evaluation import ajouter_element


@dataclass(frozen=True, slots=True)
class Proposition:
    """Ce que la trame ajouterait à cette évaluation ; ce qu’elle a déjà n’y est plus."""

    questions: tuple[QuestionProposee, ...]
    etapes: tuple[EtapeDatee, ...]

    @property
    def cles(self) -> list[str]:
        return [q.cle for q in self.questions] + [e.cle for e in self.etapes]


def periode_de(evaluation: Evaluation) -> Periode | None:
    """Celle de l’évaluation ; à défaut, celle que proposent les dates du contrat."""
    if evaluation.date_debut and evaluation.date_fin:
        return Periode(evaluation.date_debut, evaluation.date_fin)
    contrat = evaluation.contrat
    return proposee(evaluation.moment, contrat.date_debut, contrat.date_fin)


def proposition(evaluation: Evaluation) -> Proposition:
    posees = list(evaluation.questions.values_list("texte", flat=True))
    prevues = set(evaluation.etapes.values_list("libelle", flat=True))
    toutes = trame()
    return Proposition(
        questions=tuple(encore_a_poser(toutes.questions_de(evaluation.moment), posees)),
        etapes=tuple(
            e for e in toutes.etapes_de(periode_de(evaluation)) if e.libelle not in prevues
        ),
    )


@transaction.atomic
def poser_la_trame(
    *, evaluation: Evaluation, cles: Collection[str], par: Any, via: str = "page"
) -> int:
    """Ajoute les questions et les étapes cochées ; rend leur nombre. Deux fois : rien de plus."""
    exiger(par, Droit.GERER_INDICATEURS, evaluation.contrat)
    verrouiller(evaluation, version=None)
    offre = proposition(evaluation)
    questions = [q for q in offre.questions if q.cle in cles]
    etapes = [e for e in offre.etapes if e.cle in cles]
    for question in questions:
        valeurs = {
            nom: getattr(question, nom)
            for nom in ("texte", "critere", "criteres_de_jugement", "sources")
        }
        ajouter_element(
            evaluation=evaluation, sorte=QuestionEvaluative, valeurs=valeurs, par=par, via=via
        )
    for etape in etapes:
        dates = {"libelle": etape.libelle, "date_debut": etape.debut, "date_fin": etape.fin}
        ajouter_element(
            evaluation=evaluation, sorte=EtapeEvaluation, valeurs=dates, par=par, via=via
        )
    return len(questions) + len(etapes)
