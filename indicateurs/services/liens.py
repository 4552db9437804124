"""Les fiches que mesure un indicateur : les relier, les retirer, toujours avec leur histoire.

Un lien se voit dans l’histoire de la fiche, à la version que ce geste lui fait compter.
L’indicateur compte aussi la sienne : un formulaire ouvert avant ne peut pas écraser le lien.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from acteurs.services.suivi import marquer, verrouiller
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Action
from contrats.permissions import exiger
from contrats.services.liens_action import compter_un_lien
from indicateurs.models import Indicateur

AUTRE_CONTRAT = "Choisissez un élément du même contrat."


@transaction.atomic
def relier_indicateur(
    *, indicateur: Indicateur, action: Action, par: Any, via: str = "page"
) -> None:
    """Déjà relié, rien ne change. Lève DroitRefuse ou DonneesRefusees (autre contrat)."""
    exiger(par, Droit.GERER_INDICATEURS, indicateur.contrat)
    exiger_meme_contrat(indicateur, [action])
    actuel = verrouiller(indicateur, version=None)
    if poser_les_fiches(actuel, [*actuel.actions.all(), action], par=par, via=via):
        marquer(actuel, par=par, via=via)


@transaction.atomic
def retirer_indicateur(
    *, indicateur: Indicateur, action: Action, par: Any, via: str = "page"
) -> None:
    """L’indicateur, ses valeurs et ses autres fiches restent. Lève DroitRefuse."""
    exiger(par, Droit.GERER_INDICATEURS, indicateur.contrat)
    actuel = verrouiller(indicateur, version=None)
    gardees = [autre for autre in actuel.actions.all() if autre.pk != action.pk]
    if poser_les_fiches(actuel, gardees, par=par, via=via):
        marquer(actuel, par=par, via=via)


def exiger_meme_contrat(indicateur: Indicateur, actions: Iterable[Action]) -> None:
    if any(action.contrat_id != indicateur.contrat_id for action in actions):
        raise DonneesRefusees(AUTRE_CONTRAT, champs={"indicateur": [AUTRE_CONTRAT]})


def poser_les_fiches(
    indicateur: Indicateur, actions: Iterable[Action], *, par: Any, via: str = "page"
) -> bool:
    """Remplace les fiches d’un indicateur neuf ou verrouillé ; dit si quelque chose a changé."""
    voulues = {action.pk: action for action in actions}
    presentes = {action.pk: action for action in indicateur.actions.all()}
    changees = voulues.keys() ^ presentes.keys()
    for pk in sorted(changees):
        compter_un_lien(action=voulues.get(pk) or presentes[pk], par=par, via=via)
    if changees:
        indicateur.actions.set(voulues.values())
    return bool(changees)
