"""Où en est une campagne un jour donné : à venir, écriture, attente, correction, terminée."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from django.db.models import TextChoices

from cls_platform.socle.typographie import pluriel

JUIN = 6
RAPPEL_AU_PLUS_TOT = 365
TROP_TOT = f"{RAPPEL_AU_PLUS_TOT} jours avant au plus."


class Dates(Protocol):
    """Les dates d’une campagne ; la fenêtre de correction est facultative, et entière."""

    ouvre_le: date
    remise_le: date
    correction_debut: date | None
    correction_fin: date | None


class Moment(TextChoices):
    A_VENIR = "A_VENIR", "À venir"
    ECRITURE = "ECRITURE", "Écriture ouverte"
    ATTENTE = "ATTENTE", "Remise passée"
    CORRECTION = "CORRECTION", "Corrections ouvertes"
    TERMINEE = "TERMINEE", "Terminée"


def moment_de(dates: Dates, le: date) -> Moment:
    """Les bornes d’une fenêtre en font partie : le jour de la remise, on écrit encore."""
    if le < dates.ouvre_le:
        return Moment.A_VENIR
    if le <= dates.remise_le:
        return Moment.ECRITURE
    if dates.correction_debut is None or dates.correction_fin is None:
        return Moment.TERMINEE
    if le < dates.correction_debut:
        return Moment.ATTENTE
    return Moment.CORRECTION if le <= dates.correction_fin else Moment.TERMINEE


def compte_a_rebours(remise_le: date, le: date) -> str:
    """« dans 12 jours », « demain », « aujourd’hui », « 3 jours de retard »."""
    reste = (remise_le - le).days
    if reste < 0:
        return f"{pluriel(-reste, 'jour')} de retard"
    proches = {0: "aujourd’hui", 1: "demain"}
    return proches.get(reste) or f"dans {pluriel(reste, 'jour')}"


def ecart_a_la_remise(remise_le: date, publie_le: date) -> str:
    """« à temps », « le jour de la remise », « 5 jours après la date »."""
    ecart = (publie_le - remise_le).days
    if ecart > 0:
        return f"{pluriel(ecart, 'jour')} après la date"
    return "à temps" if ecart else "le jour de la remise"


def annees_a_ouvrir(le: date) -> list[int]:
    """Les années proposées, la plus probable d’abord : jusqu’en juin, celle qui vient de finir."""
    premiere = le.year if le.month > JUIN else le.year - 1
    return [premiere, premiere + 1, premiere - 1]


def ranger_les_rappels(jours: Iterable[int]) -> list[int]:
    """Du plus tôt au plus tard, chacun une fois."""
    return sorted(set(jours), reverse=True)
