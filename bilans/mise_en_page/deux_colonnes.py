"""Deux colonnes équilibrées d’avance.

Les colonnes de CSS font recommencer la mise en page jusqu’à l’équilibre : plus de la moitié du
temps d’un bilan. Ici le partage est estimé, et un bloc de lignes ne se coupe pas entre deux pages.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
Blocs = list[tuple[list[T], list[T]]]


def en_deux(
    elements: Sequence[T], hauteur: Callable[[T], float] = lambda _: 1.0, par_bloc: int = 24
) -> Blocs[T]:
    """Blocs (gauche, droite) dans l’ordre de lecture ; la gauche n’est jamais la plus courte."""
    tranches = [elements[d : d + par_bloc] for d in range(0, len(elements), par_bloc)]
    return [partager(tranche, hauteur) for tranche in tranches]


def partager(elements: Sequence[T], hauteur: Callable[[T], float]) -> tuple[list[T], list[T]]:
    """La coupe la plus égale dont la gauche n’est pas la plus courte."""
    hauteurs = [hauteur(element) for element in elements]
    total, cumul = sum(hauteurs), 0.0
    for rang, valeur in enumerate(hauteurs, start=1):
        cumul += valeur
        if cumul * 2 >= total:
            return list(elements[:rang]), list(elements[rang:])
    return list(elements), []
