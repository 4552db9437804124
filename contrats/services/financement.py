"""Les seuls écrivains du budget et des financements d’une fiche."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, supprimer_en_signant, verrouiller
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Action, Financement, LigneBudget, StatutFinancement
from contrats.models.vocabulaire_argent import FIR
from contrats.permissions import exiger_sur_action

SANS_MONTANT = "Écrivez au moins un montant, prévu ou réalisé."
MISSION_SANS_FIR = "Une mission ne se choisit que pour le fonds d’intervention régional."
REFUSE_ET_ACCORDE = (
    "Un financement refusé n’a ni montant accordé ni montant versé. Effacez-les, ou changez l’état."
)


def ajouter_ligne(
    *, action: Action, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> LigneBudget:
    """Ajoute une dépense. Lève DroitRefuse ou DonneesRefusees."""
    exiger_sur_action(par, Droit.MODIFIER_PLAN, action)
    ligne = LigneBudget(action=action, **valeurs)
    _verifier_ligne(ligne)
    return creer(ligne, par=par, via=via)


@transaction.atomic
def modifier_ligne(
    *,
    ligne: LigneBudget,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    via: str = "page",
) -> LigneBudget:
    """Écrit les champs donnés. Lève ConflitVersion, DonneesRefusees ou DroitRefuse."""
    exiger_sur_action(par, Droit.MODIFIER_PLAN, ligne.action)
    _verifier_ligne(_apres(verrouiller(ligne, version=version), valeurs))
    return enregistrer(ligne, valeurs=valeurs, version=version, par=par, via=via)


def retirer_ligne(*, ligne: LigneBudget, version: int, par: Any) -> None:
    """L’historique en garde chaque état. Lève ConflitVersion ou DroitRefuse."""
    _retirer(ligne, version=version, par=par)


def ajouter_financement(
    *, action: Action, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> Financement:
    """Ajoute ce qu’un financeur apporte une année. Lève DroitRefuse ou DonneesRefusees."""
    exiger_sur_action(par, Droit.MODIFIER_PLAN, action)
    financement = Financement(action=action, **valeurs)
    _verifier_financement(financement)
    return creer(financement, par=par, via=via)


@transaction.atomic
def modifier_financement(
    *,
    financement: Financement,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    via: str = "page",
) -> Financement:
    """Écrit les champs donnés. Lève ConflitVersion, DonneesRefusees ou DroitRefuse."""
    exiger_sur_action(par, Droit.MODIFIER_PLAN, financement.action)
    _verifier_financement(_apres(verrouiller(financement, version=version), valeurs))
    return enregistrer(financement, valeurs=valeurs, version=version, par=par, via=via)


def retirer_financement(*, financement: Financement, version: int, par: Any) -> None:
    """L’historique en garde chaque état. Lève ConflitVersion ou DroitRefuse."""
    _retirer(financement, version=version, par=par)


def _retirer(objet: LigneBudget | Financement, *, version: int, par: Any) -> None:
    with transaction.atomic():
        exiger_sur_action(par, Droit.MODIFIER_PLAN, objet.action)
        supprimer_en_signant(objet=objet, version=version, par=par)


def _apres(objet: Any, valeurs: Mapping[str, Any]) -> Any:
    """L’objet tel qu’il sera, pour vérifier les règles qui portent sur plusieurs champs."""
    for nom, valeur in valeurs.items():
        setattr(objet, nom, valeur)
    return objet


def _verifier_ligne(ligne: LigneBudget) -> None:
    if ligne.prevu is None and ligne.realise is None:
        raise DonneesRefusees(SANS_MONTANT, champs={"prevu": [SANS_MONTANT]})


def _verifier_financement(financement: Financement) -> None:
    if financement.mission_fir and financement.type_financeur_id != FIR:
        raise DonneesRefusees(MISSION_SANS_FIR, champs={"mission_fir": [MISSION_SANS_FIR]})
    recus = financement.montant_accorde, financement.montant_verse
    if financement.statut == StatutFinancement.REFUSE and any(recus):
        raise DonneesRefusees(REFUSE_ET_ACCORDE, champs={"statut": [REFUSE_ET_ACCORDE]})
