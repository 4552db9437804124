"""La même action, le même indicateur, d’un bilan à l’autre.

Par identifiant d’abord : un nom change sans que la chose change. Un bilan d’avant n’a pas
d’identifiants : le nom, sans accents ni majuscules, en tient lieu. Rien d’autre : deux choses que
rien ne relie restent deux lignes, plutôt qu’un rapprochement inventé.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Suite(Generic[T]):
    """Une même chose à travers les bilans ; None là où elle n’est pas."""

    def __init__(self, taille: int) -> None:
        self.parts: list[T | None] = [None] * taille
        self.est_identifiee = False

    @property
    def derniere(self) -> T:
        return next(part for part in reversed(self.parts) if part is not None)


class Rapprochement(Generic[T]):
    """Une suite n’a qu’une part par bilan ; deux identifiants différents sont deux choses."""

    def __init__(self, taille: int, cle: Callable[[T], str], nom: Callable[[T], str]) -> None:
        self.taille, self.cle, self.nom = taille, cle, nom
        self.suites: list[Suite[T]] = []
        self.par_cle: dict[str, Suite[T]] = {}
        self.par_nom: dict[str, list[Suite[T]]] = defaultdict(list)

    def ranger(self, parts: Iterable[T], place: int) -> None:
        """Les identifiants d’abord : un nom repris par une autre ne les lui prend pas."""
        restantes = [part for part in parts if not self._poser(part, place, self._de_cle(part))]
        neuves = [p for p in restantes if not self._poser(p, place, self._de_nom(p, place))]
        for part in neuves:
            suite: Suite[T] = Suite(self.taille)
            self.suites.append(suite)
            self._poser(part, place, suite)

    def _de_cle(self, part: T) -> Suite[T] | None:
        return self.par_cle.get(self.cle(part)) if self.cle(part) else None

    def _de_nom(self, part: T, place: int) -> Suite[T] | None:
        return next(
            (
                suite
                for suite in self.par_nom[nu(self.nom(part))]
                if suite.parts[place] is None and not (self.cle(part) and suite.est_identifiee)
            ),
            None,
        )

    def _poser(self, part: T, place: int, suite: Suite[T] | None) -> bool:
        if suite is None or suite.parts[place] is not None:
            return False
        suite.parts[place] = part
        if self.cle(part):
            suite.est_identifiee = True
            self.par_cle[self.cle(part)] = suite
        homonymes = self.par_nom[nu(self.nom(part))]
        if suite not in homonymes:
            homonymes.append(suite)
        return True


def rapprocher(
    bilans: Sequence[Iterable[T]], cle: Callable[[T], str], nom: Callable[[T], str]
) -> list[Suite[T]]:
    """Dans l’ordre du bilan le plus récent, puis de ceux d’avant ; `bilans` : du plus ancien."""
    rangees = Rapprochement(len(bilans), cle, nom)
    for place in reversed(range(len(bilans))):
        rangees.ranger(bilans[place], place)
    return rangees.suites


def nu(texte: str) -> str:
    """Sans accents, ni majuscules, ni ponctuation, ni espaces doubles."""
    decompose = unicodedata.normalize("NFD", texte.casefold())
    lettres = (c if c.isalnum() else " " for c in decompose if not unicodedata.combining(c))
    return " ".join("".join(lettres).split())
