"""Écrire les fiches d’un lot telles que l’aperçu les a montrées ; sinon, dire pourquoi."""

from collections.abc import Sequence
from typing import Any

from acteurs.droits import Droit
from contrats.models import Action, EtatLigne, LigneDeLot, Lot
from contrats.permissions import droits_sur, peut_sur_action
from contrats.services.apercu_lot import PAS_SA_FICHE
from contrats.services.ecriture_lot import Ecriture, ecrire_lot
from contrats.services.valeurs_lot import lire_fiches

PLUS_LA = "Cette fiche n’est plus dans le plan."
CHANGEE = "{} l’a modifiée depuis l’aperçu. Elle est laissée telle quelle."
UN_OUTIL = "Un outil relié"


def appliquer_lignes(*, lot: Lot, lignes: Sequence[LigneDeLot], par: Any) -> None:
    """Dans la transaction de l’appelant : verrouille, écarte ce qui a changé, écrit le reste."""
    fiches = lire_fiches([ligne.action_id for ligne in lignes], verrouiller=True)
    droits = droits_sur(par, lot.contrat)
    auteurs = noms_des_auteurs(fiches.values())
    for ligne in lignes:
        ligne.etat, ligne.motif = EtatLigne.FAITE, ""
        action = fiches.get(ligne.action_id)
        if action is None:
            ligne.etat, ligne.motif = EtatLigne.CONFLIT, PLUS_LA
        elif action.version != ligne.version:
            auteur = auteurs.get(action.modifie_par_id, UN_OUTIL)
            ligne.etat, ligne.motif = EtatLigne.CONFLIT, CHANGEE.format(auteur)
        elif not peut_sur_action(par, Droit.MODIFIER_PLAN, action, droits):
            ligne.etat, ligne.motif = EtatLigne.REFUSEE, PAS_SA_FICHE
    ecrire_lot(
        ecritures=[
            Ecriture(fiches[ligne.action_id], ligne.avant, ligne.apres)
            for ligne in lignes
            if ligne.etat == EtatLigne.FAITE
        ],
        par=par,
        via=lot.via,
    )
    LigneDeLot.objects.noter(lignes)


def noms_des_auteurs(actions: Any) -> dict[Any, str]:
    """Qui a écrit chaque fiche en dernier ; une requête."""
    champ: Any = Action._meta.get_field("modifie_par")
    cles = {action.modifie_par_id for action in actions} - {None}
    auteurs = champ.related_model.objects.filter(pk__in=cles)
    return {auteur.pk: auteur.nom_complet for auteur in auteurs}
