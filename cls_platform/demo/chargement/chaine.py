"""Les besoins, les effets et les évaluations inventés d’un contrat de démonstration."""

from collections.abc import Mapping
from typing import Any

from acteurs.models import Utilisateur
from cls_platform.demo.chargement.lecture import VIA, Donnees
from contrats.models import Action, Contrat
from indicateurs.models import (
    EtapeEvaluation,
    Evaluation,
    Indicateur,
    QuestionEvaluative,
    Recommandation,
)
from indicateurs.services.chaine import ajouter_besoin
from indicateurs.services.contenu_evaluation import ajouter_element
from indicateurs.services.effets import decrire_effet
from indicateurs.services.evaluations import modifier_evaluation, preparer_evaluation
from indicateurs.services.trame import poser_la_trame, proposition

CONTENU = ("etapes", "questions", "recommandations", "synthese", "trame")


def charger_chaine(
    donnees: Donnees, *, contrat: Contrat, actions: Mapping[str, Action], par: Utilisateur
) -> None:
    """Rien pour un contrat qui n’a pas de fichier. Une action se cite par son numéro."""
    objectifs = {objectif.numero: objectif for objectif in contrat.objectifs.all()}
    indicateurs = {indicateur.libelle: indicateur for indicateur in contrat.indicateurs.all()}
    for besoin in donnees.get("besoins", ()):
        liens = [objectifs[numero] for numero in besoin["objectifs"]]
        ajouter_besoin(contrat=contrat, valeurs=besoin | {"objectifs": liens}, par=par, via=VIA)
    for effet in donnees.get("effets", ()):
        decrire_effet(
            action=actions[effet["action"]],
            indicateur=indicateurs[effet["indicateur"]],
            valeurs={n: v for n, v in effet.items() if n not in ("action", "indicateur")},
            version=None,
            par=par,
            via=VIA,
        )
    for evaluation in donnees.get("evaluations", ()):
        _evaluation(evaluation, contrat=contrat, actions=actions, indicateurs=indicateurs, par=par)


def _evaluation(
    donnees: Donnees,
    *,
    contrat: Contrat,
    actions: Mapping[str, Action],
    indicateurs: Mapping[str, Indicateur],
    par: Utilisateur,
) -> None:
    cadre = {nom: valeur for nom, valeur in donnees.items() if nom not in CONTENU}
    evaluation = preparer_evaluation(contrat=contrat, valeurs=cadre, par=par, via=VIA)
    for etape in donnees.get("etapes", ()):
        _ajouter(evaluation, EtapeEvaluation, etape, par)
    questions: dict[str, QuestionEvaluative] = {}
    for question in donnees.get("questions", ()):
        suivis = [indicateurs[libelle] for libelle in question.get("indicateurs", ())]
        valeurs = question | {"indicateurs": suivis}
        questions[question["texte"]] = _ajouter(evaluation, QuestionEvaluative, valeurs, par)
    for recommandation in donnees.get("recommandations", ()):
        valeurs = recommandation | {
            "question": questions.get(recommandation.get("question", "")),
            "actions": [actions[numero] for numero in recommandation.get("actions", ())],
        }
        _ajouter(evaluation, Recommandation, valeurs, par)
    if donnees.get("trame"):
        cles = proposition(evaluation).cles
        poser_la_trame(evaluation=evaluation, cles=cles, par=par, via=VIA)
    if synthese := donnees.get("synthese"):
        modifier_evaluation(
            evaluation=evaluation, valeurs={"synthese": synthese}, version=None, par=par, via=VIA
        )


def _ajouter(evaluation: Evaluation, sorte: Any, valeurs: Mapping[str, Any], par: Any) -> Any:
    return ajouter_element(evaluation=evaluation, sorte=sorte, valeurs=valeurs, par=par, via=VIA)
