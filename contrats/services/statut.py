"""Changer le statut d’une action : ce qu’il faut dire, ce que l’on retient."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cls_platform.socle.erreurs import DonneesRefusees
from contrats.etats import STATUTS_A_JUSTIFIER, StatutAction
from contrats.models import Action, PassageStatut

CHAMPS_DU_STATUT = frozenset({"statut", "statut_raison", "statut_est_impose"})
RAISON_D_UN_IMPORT = "Repris d’un fichier importé."


@dataclass(frozen=True, slots=True)
class StatutNote:
    """Le statut d’une action avant qu’elle change."""

    statut: str
    statut_est_impose: bool


def avec_raison(avant: Action | None, valeurs: Mapping[str, Any], *, via: str) -> dict[str, Any]:
    """`valeurs`, où le statut, sa raison et ce qui le tient vont ensemble.

    Un nouveau statut efface l’ancienne raison et n’est plus tenu. Une fiche neuve (`avant` None)
    n’a rien à justifier, sinon un statut tenu. Lève DonneesRefusees s’il manque une raison ; un
    fichier importé n’en donne pas, sa provenance en tient lieu.
    """
    if not CHAMPS_DU_STATUT & valeurs.keys():
        return dict(valeurs)
    avant = avant or Action(statut=valeurs.get("statut", StatutAction.A_DISCUTER))
    statut = valeurs.get("statut", avant.statut)
    change = statut != avant.statut
    tenu = valeurs.get("statut_est_impose", avant.statut_est_impose and not change)
    raison = valeurs.get("statut_raison", "" if change else avant.statut_raison).strip()
    efface = bool(avant.statut_raison) and not raison
    if (change or efface) and statut in STATUTS_A_JUSTIFIER and not raison:
        if not via.startswith("import"):
            raise _raison_manquante(
                f"Dites pourquoi l’action passe à «\u00a0{_mot(statut)}\u00a0»."
            )
        raison = RAISON_D_UN_IMPORT
    if tenu and not raison:
        raise _raison_manquante("Dites pourquoi ce statut est tenu tel quel, malgré l’échéance.")
    return {**valeurs, "statut": statut, "statut_raison": raison, "statut_est_impose": tenu}


def noter_passage(*, avant: Action | None, apres: Action, par: Any) -> None:
    """Garde qui a changé le statut, quand et pourquoi ; rien s’il n’a pas bougé."""
    if passage := passage_de(avant=avant, apres=apres, par=par):
        passage.save(force_insert=True)


def passage_de(
    *, avant: Action | StatutNote | None, apres: Action, par: Any
) -> PassageStatut | None:
    """Le passage à garder, pas encore écrit ; None si le statut n’a pas bougé."""
    de = avant.statut if avant else ""
    vient_d_etre_tenu = apres.statut_est_impose and not (avant and avant.statut_est_impose)
    if de == apres.statut and not vient_d_etre_tenu:
        return None
    return PassageStatut(
        action=apres, de=de, vers=apres.statut, par=par, raison=apres.statut_raison
    )


def _mot(statut: str) -> str:
    return StatutAction(statut).label.lower()


def _raison_manquante(phrase: str) -> DonneesRefusees:
    return DonneesRefusees(phrase, champs={"statut_raison": [phrase]})
