"""Ce qu’une application plus haute sait d’un contrat, et que la liste de travail doit dire.

Elle branche sa question à son démarrage ; cette application n’en connaît que la forme.
"""

from collections.abc import Callable, Collection, Iterable
from uuid import UUID

# (contrats, année) → ceux de ces contrats dont le bilan de cette année est publié
QuestionDesBilans = Callable[[Collection[UUID], int], Iterable[UUID]]

_branchees: list[QuestionDesBilans] = []


def brancher_les_bilans(question: QuestionDesBilans) -> None:
    """Une seule réponse : la dernière branchée."""
    _branchees[:] = [question]


def ayant_un_bilan(contrats: Collection[UUID], annee: int) -> frozenset[UUID]:
    return frozenset(pk for question in _branchees for pk in question(contrats, annee))
