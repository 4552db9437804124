"""Ce que contient une évaluation : étapes, questions, recommandations."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from acteurs.services.suivi import enregistrer, supprimer_en_signant
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.permissions import exiger
from indicateurs.models import EtapeEvaluation, Evaluation, QuestionEvaluative, Recommandation
from indicateurs.services import listes

Element = EtapeEvaluation | QuestionEvaluative | Recommandation
# Les listes que chaque sorte d’élément porte
LISTES: Mapping[type[Any], tuple[str, ...]] = {
    EtapeEvaluation: (),
    QuestionEvaluative: ("indicateurs",),
    Recommandation: ("actions",),
}
AUTRE_EVALUATION = "Choisissez une question de cette évaluation."


@transaction.atomic
def ajouter_element(
    *,
    evaluation: Evaluation,
    sorte: type[Element],
    valeurs: Mapping[str, Any],
    par: Any,
    via: str = "page",
) -> Any:
    """À la suite des autres de sa sorte. Lève DroitRefuse ou DonneesRefusees."""
    exiger(par, Droit.GERER_INDICATEURS, evaluation.contrat)
    _verifier(evaluation, valeurs)
    champs, liens = listes.separer(valeurs, LISTES[sorte])
    rang = listes.rang_suivant(_freres(sorte, evaluation))
    element = sorte(evaluation=evaluation, **{"ordre": rang, **champs})
    return listes.creer_avec_listes(objet=element, listes=liens, par=par, via=via)


@transaction.atomic
def modifier_element(
    *,
    element: Element,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    via: str = "page",
) -> Any:
    """Lève ConflitVersion, DroitRefuse ou DonneesRefusees."""
    exiger(par, Droit.GERER_INDICATEURS, element.evaluation.contrat)
    _verifier(element.evaluation, valeurs)
    return listes.modifier_avec_listes(
        objet=element,
        valeurs=valeurs,
        noms=LISTES[type(element)],
        version=version,
        par=par,
        via=via,
    )


def deplacer_element(*, element: Element, vers: str, par: Any, via: str = "page") -> bool:
    exiger(par, Droit.GERER_INDICATEURS, element.evaluation.contrat)
    freres = _freres(type(element), element.evaluation)
    if isinstance(element, QuestionEvaluative):
        freres = freres.filter(critere=element.critere)
    return listes.deplacer(objet=element, freres=freres, vers=vers, par=par, via=via)


def cocher_etape(
    *,
    etape: EtapeEvaluation,
    fait_le: date | None,
    version: int | None = None,
    par: Any,
    via: str = "page",
) -> EtapeEvaluation:
    """`fait_le` None : l’étape est de nouveau à faire."""
    exiger(par, Droit.GERER_INDICATEURS, etape.evaluation.contrat)
    return enregistrer(etape, valeurs={"fait_le": fait_le}, version=version, par=par, via=via)


def donner_suite(
    *,
    recommandation: Recommandation,
    suite: str,
    version: int | None = None,
    par: Any,
    via: str = "page",
) -> Recommandation:
    """Lève DonneesRefusees si on l’écarte sans avoir dit pourquoi."""
    exiger(par, Droit.GERER_INDICATEURS, recommandation.evaluation.contrat)
    return enregistrer(recommandation, valeurs={"suite": suite}, version=version, par=par, via=via)


def retirer_element(
    *, element: Element, version: int | None = None, par: Any, via: str = "page"
) -> None:
    """L’historique le garde. Une recommandation survit à la question qui l’a fait naître."""
    exiger(par, Droit.GERER_INDICATEURS, element.evaluation.contrat)
    supprimer_en_signant(objet=element, version=version, par=par, via=via)


def _freres(sorte: type[Any], evaluation: Evaluation) -> Any:
    return sorte.objects.filter(evaluation=evaluation)


def _verifier(evaluation: Evaluation, valeurs: Mapping[str, Any]) -> None:
    liens = {nom: valeurs.get(nom, ()) for nom in ("indicateurs", "actions")}
    listes.exiger_du_contrat(evaluation.contrat_id, **liens)
    question = valeurs.get("question")
    if question and question.evaluation_id != evaluation.pk:
        raise DonneesRefusees(AUTRE_EVALUATION, champs={"question": [AUTRE_EVALUATION]})
