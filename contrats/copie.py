"""Copier des fiches : ce que l’on emporte, ce que l’on remet à neuf, ce que cela créera.

Rien ici ne lit la base.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contrats.etats import StatutAction

DERNIERE_ANNEE = 2100
ANNEES_MAX = 10


@dataclass(frozen=True, slots=True)
class Options:
    """`remise_a_zero` : statuts à venir, étapes à faire, montants repris comme des prévisions.

    `decalage` : en années, sur toutes les dates et les années de budget.
    """

    etapes: bool = True
    partenaires: bool = True
    indicateurs: bool = False
    notes: bool = False
    budget: bool = False
    documents: bool = False
    remise_a_zero: bool = True
    decalage: int = 0

    @property
    def statut(self) -> StatutAction | None:
        """Celui que prend toute copie ; None : celui de l’original."""
        return StatutAction.A_VENIR if self.remise_a_zero else None


@dataclass(frozen=True, slots=True)
class Apercu:
    """Ce que la copie créera ; `remarques` : ce qui ne suivra pas, une phrase chacune."""

    axes: int
    objectifs: int
    fiches: int
    remarques: Sequence[str] = ()

    @property
    def est_vide(self) -> bool:
        return not (self.axes or self.objectifs or self.fiches)


def jour_decale(jour: date | None, annees: int) -> date | None:
    """Le même jour, `annees` plus tard ; le 28 février quand le 29 n’existe pas."""
    if jour is None or not annees:
        return jour
    an = jour.year + annees
    return date(an, jour.month, min(jour.day, calendar.monthrange(an, jour.month)[1]))


def annee_decalee(annee: int, annees: int) -> int:
    return min(annee + annees, DERNIERE_ANNEE)
