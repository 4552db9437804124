"""L’effet attendu d’une action sur un indicateur : son type, et ce qui permet de l’affirmer."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, supprimer_en_signant
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Action
from contrats.permissions import exiger
from indicateurs.models import Effet, Indicateur

SANS_LIEN = "Cet indicateur ne mesure pas cette action : reliez-les d’abord."


@transaction.atomic
def decrire_effet(
    *,
    action: Action,
    indicateur: Indicateur,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    via: str = "page",
) -> Effet:
    """Crée l’effet ou le corrige. Lève ConflitVersion, DroitRefuse ou DonneesRefusees.

    Un effet probable ou établi dit pourquoi : une étude, une évaluation.
    """
    exiger(par, Droit.GERER_INDICATEURS, indicateur.contrat)
    if not indicateur.actions.filter(pk=action.pk).exists():
        raise DonneesRefusees(SANS_LIEN)
    effet = Effet.objects.filter(action=action, indicateur=indicateur).first()
    if effet is None:
        return creer(Effet(action=action, indicateur=indicateur, **valeurs), par=par, via=via)
    return enregistrer(effet, valeurs=valeurs, version=version, par=par, via=via)


def retirer_effet(*, effet: Effet, version: int | None = None, par: Any, via: str = "page") -> None:
    """Le lien entre l’action et l’indicateur reste. Lève ConflitVersion."""
    exiger(par, Droit.GERER_INDICATEURS, effet.indicateur.contrat)
    supprimer_en_signant(objet=effet, version=version, par=par, via=via)
