"""Partager une action entre deux contrats : proposer, accepter, placer, refuser, retirer.

Le contrat qui tient la fiche est seul à l’écrire ; l’autre la lit et la range dans son plan.
"""

from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, verrouiller
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Action, Axe, Contrat, EtatPartage, Objectif, PartageAction
from contrats.permissions import exiger, peut, refus
from contrats.services.annonce_partage import demander_annonce

RESERVEE = (
    "Une fiche réservée à l’équipe du plan ne se partage pas. Ouvrez-la d’abord à toute l’équipe "
    "du contrat."
)
SON_CONTRAT = "Choisissez un autre contrat que celui qui tient la fiche."
DEJA_LA = "Cette fiche est déjà partagée avec ce contrat, ou l’attend."
DEJA_REPONDU = "Ce partage a déjà reçu une réponse. Rechargez la page."
AUTRE_PLACE = "Choisissez une place de votre plan."


@transaction.atomic
def proposer_partage(
    *, action: Action, contrat: Contrat, message: str, par: Any, avec_courriel: bool = True
) -> PartageAction:
    """La coordination de l’autre contrat recevra un courriel, si quelqu’un y a un compte.

    Lève DroitRefuse ou DonneesRefusees : fiche réservée, même contrat, déjà partagée.
    """
    exiger(par, Droit.MODIFIER_PLAN, action.contrat)
    actuelle = verrouiller(action, version=None)
    if actuelle.est_restreinte:
        raise DonneesRefusees(RESERVEE)
    if contrat.pk == actuelle.contrat_id:
        raise DonneesRefusees(SON_CONTRAT, champs={"contrat": [SON_CONTRAT]})
    if actuelle.partages.en_vie().filter(contrat=contrat).exists():
        raise DonneesRefusees(DEJA_LA, champs={"contrat": [DEJA_LA]})
    partage = PartageAction(action=actuelle, contrat=contrat, message=message.strip())
    creer(partage, par=par)
    if avec_courriel:
        demander_annonce(partage=partage, par=par)
    return partage


@transaction.atomic
def accepter_partage(
    *, partage: PartageAction, axe: Axe | None, objectif: Objectif | None, par: Any
) -> PartageAction:
    """La fiche se lit dès lors dans ce plan, à cette place. Déjà acceptée : elle y est déplacée."""
    exiger(par, Droit.MODIFIER_PLAN, partage.contrat)
    actuel = verrouiller(partage, version=None)
    if not (actuel.est_propose or actuel.est_accepte):
        raise DonneesRefusees(DEJA_REPONDU)
    axe = objectif.axe if objectif else axe
    if any(lieu and lieu.contrat_id != partage.contrat_id for lieu in (axe, objectif)):
        raise DonneesRefusees(AUTRE_PLACE, champs={"ou": [AUTRE_PLACE]})
    valeurs = {"etat": EtatPartage.ACCEPTE, "axe": axe, "objectif": objectif}
    return enregistrer(actuel, valeurs=valeurs, version=None, par=par)


@transaction.atomic
def refuser_partage(*, partage: PartageAction, par: Any) -> PartageAction:
    exiger(par, Droit.MODIFIER_PLAN, partage.contrat)
    actuel = verrouiller(partage, version=None)
    if not actuel.est_propose:
        raise DonneesRefusees(DEJA_REPONDU)
    return enregistrer(actuel, valeurs={"etat": EtatPartage.REFUSE}, version=None, par=par)


@transaction.atomic
def retirer_partage(*, partage: PartageAction, par: Any) -> PartageAction:
    """L’un ou l’autre des deux contrats y met fin ; la fiche ne change pas."""
    if not peut_retirer(utilisateur=par, partage=partage):
        raise refus(Droit.MODIFIER_PLAN)
    actuel = verrouiller(partage, version=None)
    if not (actuel.est_propose or actuel.est_accepte):
        raise DonneesRefusees(DEJA_REPONDU)
    return enregistrer(actuel, valeurs={"etat": EtatPartage.RETIRE}, version=None, par=par)


def peut_retirer(*, utilisateur: Any, partage: PartageAction) -> bool:
    deux = (partage.contrat, partage.action.contrat)
    return any(peut(utilisateur, Droit.MODIFIER_PLAN, contrat) for contrat in deux)
