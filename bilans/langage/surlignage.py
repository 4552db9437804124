"""Un texte coupé en morceaux à surligner : le gabarit les écrit, échappés, sans script."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bilans.langage.alertes import Alerte
from bilans.langage.reglement import GRAVITES


@dataclass(frozen=True, slots=True)
class Segment:
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
        ouvertes = [a for a in ouvertes if a.fin > debut]
        while a_venir and a_venir[-1].debut <= debut:
            ouvertes.append(a_venir.pop())
        coupes.append(_segment(texte[debut:fin], ouvertes))
    return coupes


def _segment(texte: str, couvrent: Sequence[Alerte]) -> Segment:
    if not couvrent:
        return Segment(texte)
    precises = sorted(couvrent, key=lambda a: (a.longueur, GRAVITES.index(a.gravite)))
    noms = dict.fromkeys(a.libelle for a in precises)
    return Segment(texte, precises[0].gravite, ", ".join(noms))
