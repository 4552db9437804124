"""Qui mène une campagne : le siège pour sa région ; la coordination ou l’agence pour un contrat."""

from typing import Any

from acteurs.droits import Droit
from acteurs.ressort import ressort_de
from bilans.models import Campagne
from cls_platform.socle.erreurs import DroitRefuse
from contrats.permissions import exiger, peut
from contrats.pilotage.ensemble import exiger_le_pilotage

AU_SIEGE = (
    "La campagne d’une région se mène au siège de son agence régionale de santé. En délégation, "
    "ouvrez celle d’un contrat, sur sa page « Bilans »."
)


def exiger_mener_la_region(utilisateur: Any, region: str) -> None:
    """Piloter toute la région. Lève DroitRefuse."""
    if not exiger_le_pilotage(utilisateur, region).a_toute_la_region(region):
        raise DroitRefuse(AU_SIEGE)


def exiger_mener(utilisateur: Any, campagne: Campagne) -> None:
    """Changer ses dates, la prolonger, la retirer. Lève DroitRefuse."""
    if campagne.contrat is not None:
        exiger(utilisateur, Droit.MENER_CAMPAGNE, campagne.contrat)
    else:
        exiger_mener_la_region(utilisateur, str(campagne.region_id))


def peut_mener(utilisateur: Any, campagne: Campagne) -> bool:
    if campagne.contrat is not None:
        return peut(utilisateur, Droit.MENER_CAMPAGNE, campagne.contrat)
    return peut_mener_la_region(utilisateur, str(campagne.region_id))


def peut_mener_la_region(utilisateur: Any, region: str) -> bool:
    return ressort_de(utilisateur).a_toute_la_region(region)
