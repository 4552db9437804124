"""Les réunions d’une instance : les prévoir, en rendre compte, les annuler, les retirer.

Une réunion n’est tenue qu’à sa date ou après. Une réunion qui porte des décisions s’est tenue :
elle ne redevient pas « prévue » ni « annulée » tant qu’elle en porte.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, marquer, supprimer_en_signant, verrouiller
from cls_platform.socle import typographie
from cls_platform.socle.erreurs import DonneesRefusees, TransitionRefusee
from contrats.models import EtatReunion, Instance, Presence, Reunion
from contrats.permissions import exiger


@transaction.atomic
def prevoir_reunion(
    *, instance: Instance, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> Reunion:
    """Une réunion prévue, ou déjà tenue si `etat` le dit. Lève DonneesRefusees."""
    exiger(par, Droit.MODIFIER_CONTRAT, instance.contrat)
    reunion = Reunion(instance=instance, **valeurs)
    _verifier(reunion.etat, reunion.date)
    return creer(reunion, par=par, via=via)


@transaction.atomic
def modifier_reunion(
    *,
    reunion: Reunion,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    via: str = "page",
) -> Reunion:
    """Lève ConflitVersion, ou DonneesRefusees si une réunion tenue passe à une date à venir."""
    exiger(par, Droit.MODIFIER_CONTRAT, reunion.instance.contrat)
    actuelle = verrouiller(reunion, version=version)
    _verifier(valeurs.get("etat", actuelle.etat), valeurs.get("date", actuelle.date))
    return enregistrer(actuelle, valeurs=valeurs, version=None, par=par, via=via)


@transaction.atomic
def rendre_compte(
    *,
    reunion: Reunion,
    valeurs: Mapping[str, Any],
    presences: Mapping[UUID, str],
    version: int | None,
    par: Any,
    via: str = "page",
) -> Reunion:
    """Note la réunion comme tenue, son compte rendu, et qui y était.

    `presences` : organisation → PRESENT ou EXCUSE ; une organisation absente de la liste n’est plus
    notée. Lève ConflitVersion ou DonneesRefusees (réunion à venir).
    """
    tenue = modifier_reunion(
        reunion=reunion,
        valeurs={**valeurs, "etat": EtatReunion.TENUE},
        version=version,
        par=par,
        via=via,
    )
    if _noter_les_presences(tenue, presences, par=par, via=via) and tenue.version == (
        version or reunion.version
    ):
        marquer(tenue, par=par, via=via)
    return tenue


@transaction.atomic
def changer_l_etat(
    *, reunion: Reunion, etat: str, version: int | None, par: Any, via: str = "page"
) -> Reunion:
    """Prévue, tenue ou annulée. Lève TransitionRefusee si des décisions y ont été prises."""
    exiger(par, Droit.MODIFIER_CONTRAT, reunion.instance.contrat)
    actuelle = verrouiller(reunion, version=version)
    nombre = actuelle.decisions.count()
    if etat != EtatReunion.TENUE and nombre:
        prises = typographie.pluriel(nombre, "décision prise", "décisions prises")
        raison = f"Cette réunion porte {prises}\u00a0: elle s’est tenue. Retirez-les d’abord."
        raise TransitionRefusee(raison)
    valeurs = {"etat": etat}
    return modifier_reunion(reunion=actuelle, valeurs=valeurs, version=None, par=par, via=via)


@transaction.atomic
def retirer_reunion(*, reunion: Reunion, version: int | None, par: Any, via: str = "page") -> None:
    """Efface la réunion, ses présences et ses décisions ; l’historique les garde."""
    exiger(par, Droit.MODIFIER_CONTRAT, reunion.instance.contrat)
    supprimer_en_signant(objet=reunion, version=version, par=par, via=via)


def _verifier(etat: str, jour: date) -> None:
    if etat == EtatReunion.TENUE and jour > timezone.localdate():
        phrase = (
            f"La réunion est datée du {typographie.date_longue(jour)}\u00a0: elle ne peut pas déjà "
            "être tenue. Corrigez sa date, ou revenez après."
        )
        raise DonneesRefusees(phrase, champs={"date": [phrase]})


def _noter_les_presences(
    reunion: Reunion, voulues: Mapping[UUID, str], *, par: Any, via: str
) -> bool:
    """Vrai si une présence a changé."""
    notees = {presence.acteur_id: presence for presence in reunion.presences.all()}
    change = False
    for acteur, presence in notees.items():
        if acteur not in voulues:
            supprimer_en_signant(objet=presence, version=None, par=par, via=via)
            change = True
    for acteur, etat in voulues.items():
        if acteur not in notees:
            creer(Presence(reunion=reunion, acteur_id=acteur, etat=etat), par=par, via=via)
            change = True
        elif notees[acteur].etat != etat:
            enregistrer(notees[acteur], valeurs={"etat": etat}, version=None, par=par, via=via)
            change = True
    return change
