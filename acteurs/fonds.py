"""Le fond d'une carte : des contours mis à l'échelle du dessin, dans l'ordre où on les lit.

Une carte ne montre qu'un plan (`acteurs.projections`) : celui de la plupart de ses territoires. Les
autres, et ceux qui n'ont pas de contour, n'y sont pas : la page les nomme à côté.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from acteurs.contours import (
    Anneau,
    Cadrage,
    Contour,
    Point,
    aire_signee,
    cadrer,
    contours_des_communes,
    reperes,
)
from acteurs.mailles import contours_des_mailles

LARGEUR, HAUTEUR_MAX, MARGE = 720.0, 640.0, 4.0
# Les tracés sont en nombres entiers de cette unité, en px : à 1 280 px, cela ne se voit pas
UNITE = 0.4
BANDES = 12


@dataclass(frozen=True, slots=True)
class Fond:
    """Dimensions et `centres` en px ; `chemins` et `cadrage` en unités de `UNITE` px.

    `chemins` : attribut `d` de chaque code, dans l'ordre de lecture (de haut en bas par bandes, de
    gauche à droite dans une bande).
    """

    plan: str
    largeur: float
    hauteur: float
    chemins: Mapping[str, str]
    centres: Mapping[str, Point]
    cadrage: Cadrage

    def placer(self, point: Point) -> Point:
        """Du plan au dessin, en px."""
        return _en_px(self.cadrage, point)

    def villes(self, codes: Iterable[str]) -> dict[str, Point]:
        """Où écrire le nom de ces communes ; celles qui n'ont ni forme ni repère sont absentes."""
        connus = reperes()
        places = {}
        for code in codes:
            plan, point = connus.get(code, ("", (0.0, 0.0)))
            if plan == self.plan:
                places[code] = self.placer(point)
            elif code in self.centres:
                places[code] = self.centres[code]
        return places


@lru_cache(maxsize=64)
def fond_des_mailles(region: str, mailles: tuple[str, ...]) -> Fond | None:
    return _fond(contours_des_mailles(region, mailles))


@lru_cache(maxsize=64)
def fond_des_communes(communes: tuple[str, ...]) -> Fond | None:
    return _fond(contours_des_communes(communes))


def _fond(formes: Mapping[str, Contour]) -> Fond | None:
    """None si rien n'a de contour."""
    if not formes:
        return None
    plan = Counter(forme.plan for forme in formes.values()).most_common(1)[0][0]
    gardees = {code: forme for code, forme in formes.items() if forme.plan == plan}
    large, haut = _etendue(gardees.values())
    echelle = min((LARGEUR - 2 * MARGE) / large, (HAUTEUR_MAX - 2 * MARGE) / haut)
    hauteur = round(haut * echelle + 2 * MARGE)
    cadrage = cadrer(
        gardees.values(),
        (LARGEUR - 2 * MARGE) / UNITE,
        (hauteur - 2 * MARGE) / UNITE,
        gauche=MARGE / UNITE,
        haut=MARGE / UNITE,
    )
    centres = {code: _en_px(cadrage, centre(forme)) for code, forme in gardees.items()}
    ordre = ordre_de_lecture(centres, hauteur)
    return Fond(
        plan=plan,
        largeur=LARGEUR,
        hauteur=hauteur,
        chemins={code: cadrage.chemin_entier(gardees[code]) for code in ordre},
        centres=centres,
        cadrage=cadrage,
    )


def ordre_de_lecture(centres: Mapping[str, Point], hauteur: float) -> list[str]:
    """De haut en bas par bandes égales, de gauche à droite dans une bande."""
    bande = max(hauteur, 1) / BANDES
    return sorted(centres, key=lambda code: (centres[code][1] // bande, centres[code][0], code))


def _etendue(formes: Iterable[Contour]) -> tuple[float, float]:
    abscisses, ordonnees = zip(*(p for forme in formes for p in forme.points()), strict=True)
    return max(max(abscisses) - min(abscisses), 1), max(max(ordonnees) - min(ordonnees), 1)


def centre(forme: Contour) -> Point:
    """Dans le plan, un point à l'intérieur du plus grand morceau."""
    plus_grand = max((p[0] for p in forme.polygones), key=lambda anneau: abs(aire_signee(anneau)))
    return point_interieur(plus_grand)


def _en_px(cadrage: Cadrage, point: Point) -> Point:
    x, y = cadrage.placer(point)
    return round(x * UNITE, 1), round(y * UNITE, 1)


def point_interieur(anneau: Anneau) -> Point:
    """Le milieu de la plus longue traversée horizontale à la hauteur du centre de gravité."""
    y = _hauteur_du_centre(anneau)
    passages = sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in pairwise((*anneau, anneau[0]))
        if (y1 > y) != (y2 > y)
    )
    if len(passages) < 2:
        return anneau[0]
    entree, sortie = max(
        zip(passages[::2], passages[1::2], strict=False), key=lambda paire: paire[1] - paire[0]
    )
    return (entree + sortie) / 2, y


def _hauteur_du_centre(anneau: Sequence[Point]) -> float:
    """Ordonnée du centre de gravité de la surface ; celle du premier point si elle est nulle.

    Calculée depuis le premier point : les coordonnées d'un plan se comptent en millions de mètres.
    """
    x0, y0 = anneau[0]
    somme = aire = 0.0
    for (x1, y1), (x2, y2) in pairwise((*anneau, anneau[0])):
        produit = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
        aire += produit
        somme += (y1 + y2 - 2 * y0) * produit
    return y0 + somme / (3 * aire) if aire else y0
