"""Les évaluations d’un contrat : les préparer, les corriger, les retirer."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, supprimer_en_signant
from contrats.models import Contrat
from contrats.permissions import exiger
from indicateurs.models import Evaluation


@transaction.atomic
def preparer_evaluation(
    *, contrat: Contrat, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> Evaluation:
    """Lève DroitRefuse, ou DonneesRefusees si elle finit avant de commencer."""
    exiger(par, Droit.GERER_INDICATEURS, contrat)
    return creer(Evaluation(contrat=contrat, **valeurs), par=par, via=via)


def modifier_evaluation(
    *,
    evaluation: Evaluation,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    via: str = "page",
) -> Evaluation:
    """Lève ConflitVersion, DroitRefuse ou DonneesRefusees."""
    exiger(par, Droit.GERER_INDICATEURS, evaluation.contrat)
    return enregistrer(evaluation, valeurs=valeurs, version=version, par=par, via=via)


def retirer_evaluation(
    *, evaluation: Evaluation, version: int | None = None, par: Any, via: str = "page"
) -> None:
    """Étapes, questions et recommandations partent avec elle ; l’historique les garde."""
    exiger(par, Droit.GERER_INDICATEURS, evaluation.contrat)
    supprimer_en_signant(objet=evaluation, version=version, par=par, via=via)
