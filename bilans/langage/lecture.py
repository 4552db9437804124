"""Un texte lu une seule fois : son masque, ses mots, ses phrases. Chaque règle s’en sert.

Les mots sont en colonnes : le mot de rang `r` commence à `debuts[r]`, finit à `fins[r]`, s’écrit
`ecrits[r]` et se compare par `formes[r]`, en minuscules. Une règle cherche d’abord les rangs qui la
concernent, puis ne regarde que ceux-là.
"""

import unicodedata
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import NamedTuple

from bilans.langage.decoupe import coupes, masquer, situer_les_jetons, situer_les_mots


class Phrase(NamedTuple):
    """Ses signes, de `debut` à `fin`, et ses mots, du rang `premier` au rang `apres` exclu."""

    debut: int
    fin: int
    premier: int
    apres: int


class Lecture:
    """`texte` tel qu’il est donné ; rien n’est découpé avant qu’une règle le demande."""

    def __init__(self, texte: str) -> None:
        self.texte = texte
        self.masque = masquer(texte)

    @cached_property
    def mots(self) -> tuple[list[int], list[str]]:
        """Où commence chaque mot, et le mot : « l’eau » et « 1 200 » n’en font qu’un."""
        return situer_les_mots(self.masque)

    @cached_property
    def _jetons(self) -> tuple[list[int], list[int], list[str]]:
        return situer_les_jetons(*self.mots)

    @property
    def debuts(self) -> list[int]:
        return self._jetons[0]

    @property
    def fins(self) -> list[int]:
        return self._jetons[1]

    @property
    def ecrits(self) -> list[str]:
        """Les mots sans apostrophe ni trait d’union : « l’eau » en fait deux."""
        return self._jetons[2]

    @cached_property
    def formes(self) -> list[str]:
        return [mot.lower() for mot in self.ecrits]

    @cached_property
    def phrases(self) -> list[Phrase]:
        """Celles qui ont un mot, dans l’ordre."""
        phrases, premier = [], 0
        for place in coupes(self.masque):
            apres = bisect_left(self.debuts, place.fin, premier)
            if apres > premier:
                phrases.append(Phrase(*place, premier, apres))
                premier = apres
        return phrases

    @cached_property
    def _premiers(self) -> list[int]:
        return [phrase.premier for phrase in self.phrases]

    def phrase_du_mot(self, rang: int) -> Phrase:
        return self.phrases[bisect_right(self._premiers, rang) - 1]

    def mots_entre(self, debut: int, fin: int) -> int:
        """Combien de mots commencent entre ces deux signes."""
        debuts = self.mots[0]
        return bisect_left(debuts, fin) - bisect_left(debuts, debut)

    def composee(self) -> "Lecture":
        """Le même texte, accents composés (NFC) : les places s’y comptent."""
        compose = unicodedata.normalize("NFC", self.texte)
        return self if compose == self.texte else Lecture(compose)


def lire(texte: str | Lecture) -> Lecture:
    """Ce qui est déjà lu ne l’est pas deux fois."""
    return texte if isinstance(texte, Lecture) else Lecture(texte)
