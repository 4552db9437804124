"""Qui charge des données de territoire : l’administration, et le siège d’une ARS pour sa région."""

from typing import Any

from acteurs.droits import Droit, roles_ayant
from acteurs.ressort import ressort_de
from cls_platform.socle.erreurs import DroitRefuse


def regions_chargees_par(utilisateur: Any) -> frozenset[str] | None:
    """Les régions où la personne charge des données ; None : partout. Une requête au plus.

    Une délégation départementale n’est pas le siège : elle n’en charge pas.
    """
    ressort = ressort_de(utilisateur)
    return None if ressort.est_national else ressort.regions_entieres


def charge_des_donnees(utilisateur: Any) -> bool:
    regions = regions_chargees_par(utilisateur)
    return regions is None or bool(regions)


def exiger_charger(utilisateur: Any, region: str | None = None) -> None:
    """Lève DroitRefuse. `region` None : toute la France, réservée à l’administration."""
    regions = regions_chargees_par(utilisateur)
    if regions is None or (region is not None and region in regions):
        return
    if not regions:
        roles = ", ".join(roles_ayant(Droit.CHARGER_DONNEES))
        raise DroitRefuse(
            f"Votre rôle ne permet pas de {Droit.CHARGER_DONNEES.label}. Le peuvent : {roles}."
        )
    raise DroitRefuse("Vous chargez des données pour votre région seulement.")


def exiger_charger_quelque_part(utilisateur: Any) -> None:
    """Lève DroitRefuse si la personne ne charge de données nulle part."""
    regions = regions_chargees_par(utilisateur)
    exiger_charger(utilisateur, next(iter(regions), None) if regions else None)
