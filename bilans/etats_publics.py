"""Où en est une action, dans les mots du bilan : sept états pour dix statuts internes."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class EtatPublic(StrEnum):
    """L’ordre est celui de la barre et du tableau, du plus avancé au moins avancé."""

    TERMINEE = "TERMINEE"
    EN_COURS = "EN_COURS"
    EN_RETARD = "EN_RETARD"
    SUSPENDUE = "SUSPENDUE"
    A_VENIR = "A_VENIR"
    A_L_ETUDE = "A_L_ETUDE"
    ABANDONNEE = "ABANDONNEE"


@dataclass(frozen=True, slots=True)
class Mots:
    """`definition` complète la phrase « <Singulier> : … »."""

    singulier: str
    pluriel: str
    definition: str


MOTS: dict[EtatPublic, Mots] = {
    EtatPublic.TERMINEE: Mots(
        "Terminée", "Terminées", "l’action a eu lieu, en entier ou en partie."
    ),
    EtatPublic.EN_COURS: Mots("En cours", "En cours", "l’action a commencé."),
    EtatPublic.EN_RETARD: Mots(
        "En retard", "En retard", "la date prévue est passée et l’action n’est pas finie."
    ),
    EtatPublic.SUSPENDUE: Mots(
        "En attente", "En attente", "l’action est arrêtée pour l’instant ; elle peut reprendre."
    ),
    EtatPublic.A_VENIR: Mots(
        "Pas encore commencée", "Pas encore commencées", "l’action est décidée, sa date viendra."
    ),
    EtatPublic.A_L_ETUDE: Mots(
        "À l’étude", "À l’étude", "nous vérifions si l’action est utile et possible."
    ),
    EtatPublic.ABANDONNEE: Mots("Abandonnée", "Abandonnées", "l’action ne se fera pas."),
}

_PAR_STATUT: dict[str, EtatPublic] = {
    "REALISEE": EtatPublic.TERMINEE,
    "REALISEE_PARTIELLEMENT": EtatPublic.TERMINEE,
    "EN_COURS": EtatPublic.EN_COURS,
    "EN_RETARD": EtatPublic.EN_RETARD,
    "EN_PAUSE": EtatPublic.SUSPENDUE,
    "BLOQUEE": EtatPublic.SUSPENDUE,
    "A_VENIR": EtatPublic.A_VENIR,
    "REPORTEE": EtatPublic.A_VENIR,
    "A_DISCUTER": EtatPublic.A_L_ETUDE,
    "ABANDONNEE": EtatPublic.ABANDONNEE,
}
STATUTS_COUVERTS = frozenset(_PAR_STATUT)


def etat_public(statut: str) -> EtatPublic:
    """Lève KeyError sur un statut inconnu : aucun ne doit se perdre en silence."""
    return _PAR_STATUT[statut]


def compter(etats: Iterable[EtatPublic]) -> dict[EtatPublic, int]:
    """Nombre d’actions par état, tous les états présents, dans l’ordre."""
    comptes = dict.fromkeys(EtatPublic, 0)
    for etat in etats:
        comptes[EtatPublic(etat)] += 1
    return comptes
