"""Annuler un lot : rendre à chaque fiche les valeurs d’avant, si personne n’y a touché depuis."""

from collections.abc import Sequence
from typing import Any

from acteurs.droits import Droit
from contrats.champs_lot import LIBELLES
from contrats.models import EtatLigne, LigneDeLot, Lot
from contrats.permissions import droits_sur, peut_sur_action
from contrats.services.apercu_lot import PAS_SA_FICHE
from contrats.services.application_lot import PLUS_LA, UN_OUTIL, noms_des_auteurs
from contrats.services.ecriture_lot import Ecriture, ecrire_lot
from contrats.services.valeurs_lot import absents, actuelles, citations, lire_fiches

EFFACE = "Ce que la fiche portait avant n’existe plus. Elle est laissée telle quelle."
CHANGEE = "{} a modifié cette fiche depuis ({}). Elle est laissée telle quelle."


def annuler_lignes(*, lot: Lot, lignes: Sequence[LigneDeLot], par: Any) -> None:
    """Dans la transaction de l’appelant. Les règles d’une saisie ne jouent pas : cet état a été."""
    champs = {nom for ligne in lignes for nom in ligne.apres}
    fiches = lire_fiches([ligne.action_id for ligne in lignes], champs, verrouiller=True)
    droits = droits_sur(par, lot.contrat)
    auteurs = noms_des_auteurs(fiches.values())
    effaces = absents(ligne.avant for ligne in lignes)
    for ligne in lignes:
        ligne.etat, ligne.motif = EtatLigne.RENDUE, ""
        action = fiches.get(ligne.action_id)
        if action is None:
            ligne.etat, ligne.motif = EtatLigne.GARDEE, PLUS_LA
        elif not peut_sur_action(par, Droit.MODIFIER_PLAN, action, droits):
            ligne.etat, ligne.motif = EtatLigne.GARDEE, PAS_SA_FICHE
        elif effaces & citations(ligne.avant):
            ligne.etat, ligne.motif = EtatLigne.GARDEE, EFFACE
        elif changes := _changes_depuis(action, ligne):
            auteur = auteurs.get(action.modifie_par_id, UN_OUTIL)
            ligne.etat, ligne.motif = EtatLigne.GARDEE, CHANGEE.format(auteur, changes)
    ecrire_lot(
        ecritures=[
            Ecriture(fiches[ligne.action_id], ligne.apres, ligne.avant)
            for ligne in lignes
            if ligne.etat == EtatLigne.RENDUE
        ],
        par=par,
        via=lot.via,
    )
    LigneDeLot.objects.noter(lignes)


def _changes_depuis(action: Any, ligne: LigneDeLot) -> str:
    """Les champs du lot que quelqu’un a changés depuis, en mots."""
    presents = actuelles(action, ligne.apres)
    changes = [nom for nom, code in ligne.apres.items() if presents[nom] != code]
    return ", ".join(dict.fromkeys(LIBELLES[nom].lower() for nom in changes))
