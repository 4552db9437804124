"""Un texte coupé en morceaux à surligner : le gabarit les écrit, échappés, sans script."""

from bisect import insort
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from bilans.langage.alertes import Alerte
from bilans.langage.reglement import RANGS


class Segment(NamedTuple):
    """`gravite` : celle de l’alerte la plus précise qui le couvre, vide sans alerte.

    `dit` : leurs noms, la plus courte des alertes d’abord.
    """

    texte: str
    gravite: str = ""
    dit: str = ""


def segments(texte: str, alertes: Iterable[Alerte]) -> list[Segment]:
    """Les morceaux mis bout à bout redonnent le texte."""
    posees = [a for a in alertes if a.longueur > 0 and 0 <= a.debut < a.fin <= len(texte)]
    bords = sorted({0, len(texte), *(a.debut for a in posees), *(a.fin for a in posees)})
    ouvertes: list[Alerte] = []
    a_venir = sorted(posees, key=lambda a: a.debut, reverse=True)
    coupes = []
    for debut, fin in pairwise(bords):
        if ouvertes:
            ouvertes = [a for a in ouvertes if a.debut + a.longueur > debut]
        while a_venir and a_venir[-1].debut <= debut:
            insort(ouvertes, a_venir.pop(), key=_precision)
        coupes.append(_segment(texte[debut:fin], ouvertes))
    return coupes


def _precision(a: Alerte) -> tuple[int, int]:
    """La plus courte d’abord, puis la plus grave."""
    return (a.longueur, RANGS[a.gravite])


def _segment(texte: str, couvrent: Sequence[Alerte]) -> Segment:
    if not couvrent:
        return Segment(texte)
    premiere = couvrent[0]
    if len(couvrent) == 1:
        return Segment(texte, premiere.gravite, premiere.libelle)
    noms = dict.fromkeys([a.libelle for a in couvrent])
    return Segment(texte, premiere.gravite, ", ".join(noms))
