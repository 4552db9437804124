"""Ce qu’une application plus haute sait d’un contrat, et que le pilotage doit dire.

Elle branche sa question à son démarrage ; cette application n’en connaît que la forme.
"""

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from uuid import UUID

# L’indicateur du catalogue qui dit le temps de coordination
TEMPS_DE_COORDINATION = "P08"
# (contrats, indicateur, année au plus tard) → la dernière valeur connue de chacun, et son année
QuestionDesMesures = Callable[[Collection[UUID], str, int], Mapping[UUID, tuple[Decimal, int]]]

_branchees: list[QuestionDesMesures] = []


def brancher_les_mesures(question: QuestionDesMesures) -> None:
    """Une seule réponse : la dernière branchée."""
    _branchees[:] = [question]


def temps_mesures(contrats: Collection[UUID], annee: int) -> dict[UUID, tuple[Decimal, int]]:
    lus: dict[UUID, tuple[Decimal, int]] = {}
    for question in _branchees:
        lus.update(question(contrats, TEMPS_DE_COORDINATION, annee))
    return lus
