"""Le bord d'un groupe de communes, sans les limites intérieures et sans bibliothèque.

Les communes voisines ont leur limite identique point par point : un segment que deux communes du
groupe partagent est intérieur, les autres, mis bout à bout, font le bord.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import hypot

from acteurs.contours import Anneau, Contour, Point, tourner

Segment = tuple[Point, Point]


def bord(formes: Iterable[Contour]) -> list[Anneau]:
    """Les anneaux du bord, extérieurs et trous, dans le plan des formes."""
    segments = [
        segment
        for forme in formes
        for polygone in forme.polygones
        for rang, anneau in enumerate(polygone)
        for segment in _segments(tourner(anneau, direct=rang == 0))
    ]
    vus = Counter(frozenset(segment) for segment in segments)
    suites: dict[Point, list[Point]] = defaultdict(list)
    for debut, fin in segments:
        if vus[frozenset((debut, fin))] == 1:
            suites[debut].append(fin)
    return list(_enchainer(suites))


def _segments(anneau: Anneau) -> Iterator[Segment]:
    return ((a, b) for a, b in pairwise((*anneau, anneau[0])) if a != b)


def _enchainer(suites: dict[Point, list[Point]]) -> Iterator[Anneau]:
    """Chaque segment sert une fois ; tous tournent dans le même sens."""
    while suites:
        depart = next(iter(suites))
        anneau, point = [depart], _suivant(suites, depart)
        while point is not None and point != depart:
            anneau.append(point)
            point = _suivant(suites, point)
        if len(anneau) > 2:
            yield tuple(anneau)


def _suivant(suites: dict[Point, list[Point]], point: Point) -> Point | None:
    restants = suites.get(point)
    if not restants:
        suites.pop(point, None)
        return None
    suivant = restants.pop()
    if not restants:
        del suites[point]
    return suivant


def alleger(anneau: Sequence[Point], ecart: float) -> list[Point]:
    """Le même anneau avec moins de points, nulle part à plus d'`ecart` (Douglas-Peucker)."""
    if len(anneau) < 4:
        return list(anneau)
    # Deux points gardés d'office : le premier et celui qui en est le plus loin
    pivot = max(range(len(anneau)), key=lambda rang: _distance(anneau[rang], anneau[0]))
    boucle = [*anneau, anneau[0]]
    gardes = {0, pivot}
    a_voir = [(0, pivot), (pivot, len(anneau))]
    while a_voir:
        debut, fin = a_voir.pop()
        rang, plus_loin = _plus_ecarte(boucle, debut, fin)
        if plus_loin > ecart:
            gardes.add(rang)
            a_voir += [(debut, rang), (rang, fin)]
    return [anneau[rang] for rang in sorted(gardes)]


def _plus_ecarte(points: Sequence[Point], debut: int, fin: int) -> tuple[int, float]:
    """Le point le plus loin de la corde, entre ses deux bouts, et à quelle distance."""
    (x1, y1), (x2, y2) = points[debut], points[fin]
    dx, dy = x2 - x1, y2 - y1
    corde = hypot(dx, dy)
    rang, plus_loin = debut, 0.0
    for autre in range(debut + 1, fin):
        x, y = points[autre]
        loin = abs(dx * (y - y1) - dy * (x - x1)) / corde if corde else hypot(x - x1, y - y1)
        if loin > plus_loin:
            rang, plus_loin = autre, loin
    return rang, plus_loin


def _distance(a: Point, b: Point) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])
