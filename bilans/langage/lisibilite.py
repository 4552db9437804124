"""La facilité de lecture de Kandel et Moles : un signal, jamais un label.

207 − 1,015 × (mots / phrases) − 73,6 × (syllabes / mots), de 0 (difficile) à 100 (facile).
Kandel et Moles, 1958, d’après Flesch. Plusieurs pages en français y mettent à tort « le pourcentage
de mots concrets » à la place des mots par phrase.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bilans.langage.decoupe import syllabes
from bilans.langage.lecture import Lecture, lire

PART_DES_PHRASES, PART_DES_SYLLABES, ORIGINE = 1.015, 73.6, 207.0


@dataclass(frozen=True, slots=True)
class Mesure:
    """Ce que l’on a compté. `score` est ramené entre 0 et 100."""

    mots: int
    phrases: int
    syllabes: int

    @property
    def score(self) -> float:
        brut = (
            ORIGINE
            - PART_DES_PHRASES * self.mots / self.phrases
            - PART_DES_SYLLABES * self.syllabes / self.mots
        )
        return min(max(brut, 0.0), 100.0)

    @property
    def mots_par_phrase(self) -> float:
        return self.mots / self.phrases


def mesurer(texte: str | Lecture) -> Mesure | None:
    """None quand il n’y a pas un mot à lire. Une adresse ne se lit pas : elle ne compte pas."""
    lu = lire(texte)
    _, ecrits = lu.mots
    if not ecrits:
        return None
    return Mesure(
        mots=len(ecrits),
        phrases=max(len(lu.phrases), 1),
        syllabes=sum(fois * syllabes(mot) for mot, fois in Counter(ecrits).items()),
    )


def ensemble(mesures: Iterable[Mesure | None]) -> Mesure | None:
    """Celle de plusieurs textes mis bout à bout."""
    comptees = [m for m in mesures if m is not None]
    if not comptees:
        return None
    return Mesure(
        mots=sum(m.mots for m in comptees),
        phrases=sum(m.phrases for m in comptees),
        syllabes=sum(m.syllabes for m in comptees),
    )


def kandel_moles(texte: str) -> float | None:
    mesure = mesurer(texte)
    return mesure.score if mesure else None


def phrases_ecrites(texte: str) -> list[str]:
    """Les phrases, telles qu’elles sont écrites, sans le point qui les finit."""
    places = Lecture(texte).phrases
    return [texte[place.debut : place.fin].rstrip(".!?… \u00a0\u202f") for place in places]


def phrases_longues(texte: str, seuil: int) -> list[str]:
    """Les phrases de plus de `seuil` mots, telles qu’elles sont écrites."""
    lu = Lecture(texte)
    return [
        texte[place.debut : place.fin]
        for place in lu.phrases
        if lu.mots_entre(place.debut, place.fin) > seuil
    ]
