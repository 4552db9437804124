"""Contours des territoires, et leur mise à l'échelle en chemins SVG. Sans base ni bibliothèque.

Les coordonnées sont des mètres dans le plan du territoire (`acteurs.projections`) : Lambert-93 en
métropole, un plan propre à chaque département d'outre-mer. Quatre communes du Cantal (15031,
15035, 15047, 15171) et les collectivités d'outre-mer n'ont pas de contour : elles sont absentes
des résultats. Source à citer : `SOURCE`.
"""

import gzip
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any, Literal

from acteurs.fichiers_territoires import DOSSIER
from acteurs.projections import PLANS, departement_de

SOURCE = "IGN ADMIN EXPRESS, Licence Ouverte 2.0, contours simplifiés"

# `mailles` : intercommunalités, établissements publics territoriaux du Grand Paris et communes
# isolées, coupés aux limites des régions (`acteurs.mailles`).
Niveau = Literal["regions", "departements", "mailles"]
Point = tuple[float, float]
Anneau = tuple[Point, ...]
Polygone = tuple[Anneau, ...]


@dataclass(frozen=True, slots=True)
class Contour:
    """Polygones (le premier anneau est l'extérieur), anneaux sans point final répété."""

    plan: str
    polygones: tuple[Polygone, ...]

    def points(self) -> Iterable[Point]:
        return (point for polygone in self.polygones for point in polygone[0])

    def en_geojson(self) -> dict[str, Any]:
        """MultiPolygon en longitude et latitude (WGS84), à cinq décimales (RFC 7946).

        L'anneau extérieur tourne dans le sens direct, les trous dans l'autre.
        """
        coordonnees = [
            [self._deprojete(anneau, direct=rang == 0) for rang, anneau in enumerate(polygone)]
            for polygone in self.polygones
        ]
        return {"type": "MultiPolygon", "coordinates": coordonnees}

    def _deprojete(self, anneau: Anneau, *, direct: bool) -> list[list[float]]:
        deprojeter = PLANS[self.plan].deprojeter
        tourne = tourner(anneau, direct=direct)
        return [[round(v, 5) for v in deprojeter(*point)] for point in (*tourne, tourne[0])]


def contours(niveau: Niveau, codes: Iterable[str] | None = None) -> dict[str, Contour]:
    """Contours d'un niveau, tous ou ceux des codes demandés ; un code sans contour est absent."""
    connus = _fichier(niveau)
    if codes is None:
        return dict(connus)
    return {code: connus[code] for code in codes if code in connus}


def contours_des_communes(codes: Iterable[str]) -> dict[str, Contour]:
    """À 300 m près. Ne lit que les départements concernés."""
    return {
        code: contour
        for code in codes
        if (contour := contours_du_departement(departement_de(code)).get(code))
    }


def contours_du_departement(departement: str) -> Mapping[str, Contour]:
    """Contours de toutes les communes d'un département."""
    return _fichier(f"communes/{departement}")


@cache
def reperes() -> Mapping[str, tuple[str, Point]]:
    """Où écrire le nom d'une ville : plan et point, pour les communes de 5 000 habitants."""
    valeurs = _lire("reperes")
    unite = valeurs.get("unite", 1)
    return {
        code: (plan, (x * unite, y * unite))
        for plan, points in valeurs.get("plans", {}).items()
        for code, (x, y) in points.items()
    }


@dataclass(frozen=True, slots=True)
class Cadrage:
    """Passage du plan au dessin : l'axe vertical est retourné, l'échelle est la même partout."""

    x_min: float
    y_max: float
    echelle: float
    gauche: float
    haut: float

    def placer(self, point: Point) -> Point:
        x, y = point
        return (
            self.gauche + (x - self.x_min) * self.echelle,
            self.haut + (self.y_max - y) * self.echelle,
        )

    def chemin(self, contour: Contour) -> str:
        """Attribut `d`, en coordonnées relatives, à une décimale."""
        return self._chemin(contour, tracer)

    def chemin_entier(self, contour: Contour) -> str:
        """Le même en nombres entiers d'unités : un tiers plus court, pour un dessin réduit."""
        return self._chemin(contour, tracer_entier)

    def _chemin(self, contour: Contour, ecrire: Callable[[Iterable[Point]], str]) -> str:
        return "".join(
            ecrire([self.placer(point) for point in anneau])
            for polygone in contour.polygones
            for anneau in polygone
        )


def cadrer(
    formes: Iterable[Contour],
    largeur: float,
    hauteur: float,
    *,
    gauche: float = 0,
    haut: float = 0,
) -> Cadrage:
    """Les formes entières, aussi grandes que le rectangle le permet, centrées.

    Lève ValueError s'il n'y a aucune forme, ou si elles sont de plans différents.
    """
    formes = list(formes)
    if len({forme.plan for forme in formes}) != 1:
        raise ValueError("Une carte se dessine dans un seul plan, avec au moins une forme.")
    abscisses, ordonnees = zip(*(p for forme in formes for p in forme.points()), strict=True)
    x_min, y_max = min(abscisses), max(ordonnees)
    etendue_x, etendue_y = max(abscisses) - x_min, y_max - min(ordonnees)
    echelle = min(largeur / etendue_x, hauteur / etendue_y)
    return Cadrage(
        x_min=x_min,
        y_max=y_max,
        echelle=echelle,
        gauche=gauche + (largeur - etendue_x * echelle) / 2,
        haut=haut + (hauteur - etendue_y * echelle) / 2,
    )


def tracer(points: Iterable[Point], *, ferme: bool = True) -> str:
    """Sous-chemin SVG relatif ; vide si, arrondi au dixième, il n'a plus assez de points."""
    return _ecrire([(round(x * 10), round(y * 10)) for x, y in points], _dixiemes, ferme=ferme)


def tracer_entier(points: Iterable[Point], *, ferme: bool = True) -> str:
    """Comme `tracer`, arrondi à l'unité."""
    return _ecrire([(round(x), round(y)) for x, y in points], _entier, ferme=ferme)


def _ecrire(
    entiers: Sequence[tuple[int, int]], nombre: Callable[[int], str], *, ferme: bool
) -> str:
    distincts = [p for avant, p in zip([None, *entiers], entiers, strict=False) if p != avant]
    if len(distincts) < (3 if ferme else 2):
        return ""
    (x0, y0), *suite = distincts
    sauts = "".join(
        nombre(x - xa) + nombre(y - ya) for (xa, ya), (x, y) in zip(distincts, suite, strict=False)
    )
    chemin = f"M{nombre(x0)}{nombre(y0)}l{sauts}{'z' if ferme else ''}"
    return chemin.replace("M ", "M").replace("l ", "l")


def _dixiemes(dixiemes: int) -> str:
    """Précédé d'une espace, que le signe moins remplace."""
    entier, reste = divmod(abs(dixiemes), 10)
    chiffres = f"{entier}.{reste}" if reste else str(entier)
    return f"-{chiffres}" if dixiemes < 0 else f" {chiffres}"


def _entier(valeur: int) -> str:
    return str(valeur) if valeur < 0 else f" {valeur}"


def tourner(anneau: Anneau, *, direct: bool) -> Anneau:
    return anneau if (aire_signee(anneau) > 0) == direct else anneau[::-1]


def aire_signee(anneau: Sequence[Point]) -> float:
    """Positive si l'anneau tourne dans le sens direct (axe vertical vers le haut)."""
    suivants = (*anneau[1:], anneau[0])
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(anneau, suivants, strict=True)) / 2


@lru_cache(maxsize=24)
def _fichier(nom: str) -> Mapping[str, Contour]:
    valeurs = _lire(nom)
    unite = valeurs.get("unite", 1)
    return {
        code: Contour(plan, tuple(_polygone(p, unite) for p in polygones))
        for plan, formes in valeurs.get("plans", {}).items()
        for code, polygones in formes.items()
    }


def _lire(nom: str) -> dict[str, Any]:
    """Vide si le fichier n'existe pas : un département sans contour n'en a pas."""
    fichier = DOSSIER / "contours" / f"{nom}.json.gz"
    return json.loads(gzip.decompress(fichier.read_bytes())) if fichier.exists() else {}


def _polygone(anneaux: list[list[int]], unite: int) -> Polygone:
    return tuple(
        tuple(
            zip(
                (x * unite for x in accumulate(anneau[::2])),
                (y * unite for y in accumulate(anneau[1::2])),
                strict=True,
            )
        )
        for anneau in anneaux
    )
