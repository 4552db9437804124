"""Une évaluation telle que la page la montre : son calendrier, ses questions par critère."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from cls_platform.socle import typographie
from cls_platform.socle.svg import gantt
from contrats.models import Action
from indicateurs.evaluation.valeurs import ValeurDIndicateur
from indicateurs.models import (
    CritereEvaluation,
    EtapeEvaluation,
    Evaluation,
    QuestionEvaluative,
    Recommandation,
    SuiteDonnee,
)

LARGE, ETROIT = 760, 330
# La forme et la couleur de chaque état viennent des statuts de la charte
FORME_DE_LA_SUITE = {
    SuiteDonnee.A_DECIDER: "A_DISCUTER",
    SuiteDonnee.RETENUE: "A_VENIR",
    SuiteDonnee.EN_COURS: "EN_COURS",
    SuiteDonnee.FAITE: "REALISEE",
    SuiteDonnee.ECARTEE: "ABANDONNEE",
}
ROLES = {"REALISEE": "finie", "EN_RETARD": "retard"}


@dataclass(frozen=True, slots=True)
class Etat:
    """`code` : celui d’un statut de la charte ; `mot` : ce qu’on lit."""

    code: str
    mot: str


@dataclass(frozen=True, slots=True)
class EtapeMontree:
    etape: EtapeEvaluation
    etat: Etat


@dataclass(frozen=True, slots=True)
class QuestionMontree:
    question: QuestionEvaluative
    valeurs: tuple[ValeurDIndicateur, ...]


@dataclass(frozen=True, slots=True)
class Critere:
    mot: str
    questions: tuple[QuestionMontree, ...]


@dataclass(frozen=True, slots=True)
class RecommandationMontree:
    """`actions` : celles que la personne peut lire."""

    recommandation: Recommandation
    etat: Etat
    est_en_retard: bool
    actions: tuple[Action, ...]


def etat_de_l_evaluation(evaluation: Evaluation, le: date) -> Etat:
    """D’après ses dates : sans début, elle reste à préparer."""
    debut, fin = evaluation.date_debut, evaluation.date_fin
    if debut is None:
        return Etat("A_DISCUTER", "À préparer")
    if debut > le:
        return Etat("A_VENIR", "À venir")
    if fin is not None and fin < le:
        return Etat("REALISEE", "Terminée")
    return Etat("EN_COURS", "En cours")


def etat_de_l_etape(etape: EtapeEvaluation, le: date) -> Etat:
    if etape.fait_le:
        return Etat("REALISEE", "Faite")
    if etape.date_fin < le:
        return Etat("EN_RETARD", "En retard")
    if etape.date_debut is None or etape.date_debut > le:
        return Etat("A_VENIR", "À venir")
    return Etat("EN_COURS", "En cours")


def etapes_montrees(etapes: Iterable[EtapeEvaluation], le: date) -> list[EtapeMontree]:
    """Par échéance."""
    rangees = sorted(etapes, key=lambda e: (e.date_fin, e.date_debut or e.date_fin, e.ordre))
    return [EtapeMontree(etape, etat_de_l_etape(etape, le)) for etape in rangees]


def recommandation_montree(recommandation: Any) -> RecommandationMontree:
    """Lue avec `avec_actions_lisibles` et `avec_retard`."""
    suite = SuiteDonnee(recommandation.suite)
    return RecommandationMontree(
        recommandation,
        Etat(FORME_DE_LA_SUITE[suite], str(suite.label)),
        recommandation.est_en_retard,
        tuple(recommandation.actions.all()),
    )


def criteres(
    questions: Iterable[QuestionEvaluative], valeurs: Mapping[UUID, ValeurDIndicateur]
) -> list[Critere]:
    """Dans l’ordre des critères ; un critère sans question n’y est pas."""
    montrees: dict[str, list[QuestionMontree]] = {}
    for question in questions:
        suivis = tuple(valeurs[i.pk] for i in question.indicateurs.all() if i.pk in valeurs)
        montrees.setdefault(question.critere, []).append(QuestionMontree(question, suivis))
    return [
        Critere(str(critere.label), tuple(montrees[critere.value]))
        for critere in CritereEvaluation
        if critere.value in montrees
    ]


def calendrier(etapes: Iterable[EtapeMontree], le: date) -> list[tuple[str, Any]]:
    """Le dessin des étapes en deux largeurs, écran large et téléphone ; vide sans étape."""
    taches = tuple(_tache(montree) for montree in etapes)
    if not taches:
        return []
    largeurs = (("cache-etroit", LARGE), ("cache-large", ETROIT))
    return [(classe, _dessin(taches, le, largeur)) for classe, largeur in largeurs]


def _tache(montree: EtapeMontree) -> gantt.Tache:
    etape = montree.etape
    return gantt.Tache(
        nom=etape.libelle,
        mot=montree.etat.mot,
        debut=etape.date_debut,
        fin=etape.date_fin,
        role=ROLES.get(montree.etat.code, "prevue"),
        adresse=f"#etape-{etape.pk}",
    )


def _dessin(taches: tuple[gantt.Tache, ...], le: date, largeur: int) -> SafeString:
    spec = gantt.Gantt(
        titre="Calendrier de l’évaluation",
        description=f"{typographie.pluriel(len(taches), 'étape')}. La liste qui suit en donne les"
        " dates.",
        taches=taches,
        aujourdhui=le,
        largeur=largeur,
        etroit=largeur == ETROIT,
    )
    return mark_safe(gantt.dessiner(spec))  # noqa: S308  (SVG produit par le socle)


def adresse_de(evaluation: UUID, ancre: str = "") -> str:
    adresse = reverse("indicateurs:evaluation", args=[evaluation])
    return f"{adresse}#{ancre}" if ancre else adresse
