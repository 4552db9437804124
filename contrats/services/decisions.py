"""Les décisions d’une réunion : quoi, quelle organisation, pour quand, et où elles en sont."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, supprimer_en_signant, verrouiller
from cls_platform.socle import typographie
from cls_platform.socle.erreurs import DonneesRefusees, TransitionRefusee
from contrats.models import DecisionReunion, EtatReunion, Reunion
from contrats.permissions import exiger

ANNULEE = "Cette réunion est annulée\u00a0: elle n’a rien décidé. Rétablissez-la d’abord."


@transaction.atomic
def ajouter_decision(
    *, reunion: Reunion, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> DecisionReunion:
    """À la suite des autres. Lève TransitionRefusee si la réunion est annulée."""
    exiger(par, Droit.MODIFIER_CONTRAT, reunion.instance.contrat)
    actuelle = verrouiller(reunion, version=None)
    if actuelle.etat == EtatReunion.ANNULEE:
        raise TransitionRefusee(ANNULEE)
    _verifier(actuelle, valeurs.get("echeance"))
    dernier = actuelle.decisions.aggregate(n=Max("ordre"))["n"] or 0
    decision = DecisionReunion(reunion=actuelle, **{"ordre": dernier + 1, **valeurs})
    return creer(decision, par=par, via=via)


@transaction.atomic
def modifier_decision(
    *,
    decision: DecisionReunion,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    via: str = "page",
) -> DecisionReunion:
    """Lève ConflitVersion, DonneesRefusees ou DroitRefuse."""
    exiger(par, Droit.MODIFIER_CONTRAT, decision.reunion.instance.contrat)
    if "echeance" in valeurs and valeurs["echeance"] != decision.echeance:
        _verifier(decision.reunion, valeurs["echeance"])
    return enregistrer(decision, valeurs=valeurs, version=version, par=par, via=via)


@transaction.atomic
def retirer_decision(
    *, decision: DecisionReunion, version: int | None, par: Any, via: str = "page"
) -> None:
    exiger(par, Droit.MODIFIER_CONTRAT, decision.reunion.instance.contrat)
    supprimer_en_signant(objet=decision, version=version, par=par, via=via)


def _verifier(reunion: Reunion, echeance: date | None) -> None:
    if echeance and echeance < reunion.date:
        phrase = (
            f"L’échéance vient avant la réunion du {typographie.date_longue(reunion.date)}, qui a "
            "pris la décision. Corrigez-la, ou laissez-la vide."
        )
        raise DonneesRefusees(phrase, champs={"echeance": [phrase]})
