"""Raconter une courbe : ce qui explique la valeur d’une année, par qui la saisit ou la choisit."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, supprimer_en_signant
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Action
from contrats.permissions import droits_sur, refus
from indicateurs.models import Indicateur, Recit

CHAMPS = frozenset({"annee", "texte", "repere", "date_repere"})
ANNEE_MIN, ANNEE_MAX = 1990, 2100


def peut_raconter(utilisateur: Any, indicateur: Indicateur) -> bool:
    """Qui choisit les indicateurs, qui en saisit les valeurs, et le pilote d’une action liée."""
    droits = droits_sur(utilisateur, indicateur.contrat)
    if droits & {Droit.GERER_INDICATEURS, Droit.SAISIR_MESURES}:
        return True
    if Droit.SAISIR_SES_MESURES not in droits:
        return False
    return Action.objects.pilotees_par(utilisateur).filter(indicateurs=indicateur).exists()


def exiger_raconter(utilisateur: Any, indicateur: Indicateur) -> None:
    """Lève DroitRefuse, avec la raison."""
    if not peut_raconter(utilisateur, indicateur):
        raise refus(Droit.SAISIR_MESURES)


@transaction.atomic
def ecrire_recit(
    *, indicateur: Indicateur, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> Recit:
    """Un récit de plus, un seul par année. Lève DonneesRefusees ou DroitRefuse."""
    exiger_raconter(par, indicateur)
    return creer(Recit(indicateur=indicateur, **_propres(valeurs)), par=par, via=via)


@transaction.atomic
def modifier_recit(
    *, recit: Recit, valeurs: Mapping[str, Any], version: int | None, par: Any, via: str = "page"
) -> Recit:
    """Lève ConflitVersion, ObjetSupprime, DonneesRefusees ou DroitRefuse."""
    exiger_raconter(par, recit.indicateur)
    propres = _propres({nom: getattr(recit, nom) for nom in CHAMPS} | dict(valeurs))
    return enregistrer(recit, valeurs=propres, version=version, par=par, via=via)


@transaction.atomic
def supprimer_recit(*, recit: Recit, version: int | None, par: Any, via: str = "page") -> None:
    """L’historique garde le texte. Lève ConflitVersion, ObjetSupprime ou DroitRefuse."""
    exiger_raconter(par, recit.indicateur)
    supprimer_en_signant(objet=recit, version=version, par=par, via=via)


def _propres(valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """Un repère sans mots n’a pas de date ; avec des mots, il lui en faut une."""
    propres = {nom: v for nom, v in valeurs.items() if nom in CHAMPS}
    propres["texte"] = (propres.get("texte") or "").strip()
    propres["repere"] = (propres.get("repere") or "").strip()
    if not propres["texte"]:
        _refuser("texte", "Écrivez ce qui explique cette valeur, en quelques phrases.")
    annee = propres.get("annee")
    if annee is None or not ANNEE_MIN <= annee <= ANNEE_MAX:
        _refuser("annee", "Écrivez l’année en quatre chiffres, comme 2025.")
    if propres["repere"] and not propres.get("date_repere"):
        _refuser("date_repere", "Dites quand : un repère se pose sur la courbe à sa date.")
    if not propres["repere"]:
        propres["date_repere"] = None
    return propres


def _refuser(champ: str, message: str) -> None:
    raise DonneesRefusees(message, champs={champ: [message]})
