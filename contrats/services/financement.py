"""Les seuls écrivains de l’argent d’une fiche : ses dépenses et ses financements."""

from collections.abc import Mapping
from typing import Any, TypeVar

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


T = TypeVar("T", LigneBudget, Financement)


def ajouter_argent(
    *, modele: type[T], action: Action, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> T:
    """Ajoute une dépense, ou un financement. Lève DroitRefuse ou DonneesRefusees."""
    exiger_sur_action(par, Droit.MODIFIER_PLAN, action)
    objet = modele(action=action, **valeurs)
    _verifier(objet)
    return creer(objet, par=par, via=via)


@transaction.atomic
def modifier_argent(
    *, objet: T, valeurs: Mapping[str, Any], version: int | None, par: Any, via: str = "page"
) -> T:
    """Écrit les champs donnés. Lève ConflitVersion, DonneesRefusees ou DroitRefuse."""
    exiger_sur_action(par, Droit.MODIFIER_PLAN, objet.action)
    _verifier(_apres(verrouiller(objet, version=version), valeurs))
    return enregistrer(objet, valeurs=valeurs, version=version, par=par, via=via)


@transaction.atomic
def retirer_argent(*, objet: LigneBudget | Financement, version: int, par: Any) -> None:
    """L’historique en garde chaque état. Lève ConflitVersion ou DroitRefuse."""
    exiger_sur_action(par, Droit.MODIFIER_PLAN, objet.action)
    supprimer_en_signant(objet=objet, version=version, par=par)


def _apres(objet: T, valeurs: Mapping[str, Any]) -> T:
    """L’objet tel qu’il sera, pour vérifier les règles qui portent sur plusieurs champs."""
    for nom, valeur in valeurs.items():
        setattr(objet, nom, valeur)
    return objet


def _verifier(objet: LigneBudget | Financement) -> None:
    if isinstance(objet, LigneBudget):
        _verifier_ligne(objet)
    else:
        _verifier_financement(objet)


def _verifier_ligne(ligne: LigneBudget) -> None:
    if ligne.prevu is None and ligne.realise is None:
        raise DonneesRefusees(SANS_MONTANT, champs={"prevu": [SANS_MONTANT]})


def _verifier_financement(financement: Financement) -> None:
    if financement.mission_fir and financement.type_financeur_id != FIR:
        raise DonneesRefusees(MISSION_SANS_FIR, champs={"mission_fir": [MISSION_SANS_FIR]})
    recus = financement.montant_accorde, financement.montant_verse
    if financement.statut == StatutFinancement.REFUSE and any(recus):
        raise DonneesRefusees(REFUSE_ET_ACCORDE, champs={"statut": [REFUSE_ET_ACCORDE]})
