"""La forme d'un territoire de contrat, pour la couverture et les cartes du bilan.

Emploie shapely : à appeler d'un worker ou d'un service, jamais dans une requête de page.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from acteurs.contours import Cadrage, Contour, cadrer, contours_des_communes, tracer

# Page de couverture A4 en px CSS, et rectangle où tient le territoire.
PAGE = (794.0, 969.4)
PLACE = (62.0, 452.0, 670.0, 430.0)

DEBORD = 2.0
LISSAGE = 0.6
ECARTS = tuple(9.0 + 3.2 * rang for rang in range(20))


@dataclass(frozen=True, slots=True, kw_only=True)
class Partie:
    """Une partie nommée du territoire, en général une intercommunalité : codes Insee."""

    code: str
    nom: str
    communes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormePartie:
    """`chemin` : attribut `d`, à une décimale. (x, y) : centre du plus grand cercle inscrit,
    où écrire le nom. `rayon` : celui de ce cercle, en px."""

    code: str
    nom: str
    chemin: str
    x: float
    y: float
    rayon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FormesTerritoire:
    """Tout est dans le repère de la page (`largeur` × `hauteur`, y vers le bas).

    `cadre` : x, y, largeur, hauteur du rectangle qui contient les formes. `contour` : bord
    extérieur du territoire entier. `ondes` : chemins des lignes concentriques, de la plus proche
    à la plus lointaine, coupées au bord de la page (attributs `d` sans remplissage).
    """

    largeur: float
    hauteur: float
    cadre: tuple[float, float, float, float]
    parties: tuple[FormePartie, ...]
    contour: str
    ondes: tuple[str, ...]


def formes_du_territoire(
    parties: Iterable[Partie],
    *,
    page: tuple[float, float] = PAGE,
    place: tuple[float, float, float, float] = PLACE,
) -> FormesTerritoire | None:
    """Formes placées dans `place` (x, y, largeur, hauteur) de la page, aussi grandes que possible.

    Une partie sans contour connu est absente ; None si aucune n'en a. Lève ValueError si les
    communes sont de deux plans (métropole et outre-mer).
    """
    contours = {p: list(contours_des_communes(p.communes).values()) for p in parties}
    return formes_des_contours(contours, page=page, place=place)


def formes_des_contours(
    contours: Mapping[Partie, Sequence[Contour]],
    *,
    page: tuple[float, float] = PAGE,
    place: tuple[float, float, float, float] = PLACE,
) -> FormesTerritoire | None:
    """`formes_du_territoire`, de contours déjà lus. Lève ValueError s'ils sont de deux plans."""
    tous = [contour for groupe in contours.values() for contour in groupe]
    if not tous:
        return None
    x, y, largeur, hauteur = place
    cadrage = cadrer(tous, largeur, hauteur, gauche=x, haut=y)
    dessins = {p: _reunir(groupe, cadrage) for p, groupe in contours.items() if groupe}
    ensemble = _fusionner(dessins.values())
    x_min, y_min, x_max, y_max = ensemble.bounds
    return FormesTerritoire(
        largeur=page[0],
        hauteur=page[1],
        cadre=(x_min, y_min, x_max - x_min, y_max - y_min),
        parties=tuple(_partie(p, dessin) for p, dessin in dessins.items()),
        contour="".join(tracer(p.exterior.coords[:-1]) for p in _polygones(ensemble)),
        ondes=tuple(ondes(ensemble, page)),
    )


def ondes(
    forme: BaseGeometry, page: tuple[float, float], ecarts: Iterable[float] = ECARTS
) -> Iterator[str]:
    """Lignes concentriques, chacune élargie de la précédente d'un écart (px de la page)."""
    largeur, hauteur = page
    rectangle = shapely.box(-DEBORD, -DEBORD, largeur + DEBORD, hauteur + DEBORD)
    for ecart in ecarts:
        forme = shapely.simplify(shapely.buffer(forme, ecart, quad_segs=5), LISSAGE)
        lignes = shapely.line_merge(shapely.intersection(forme.boundary, rectangle))
        if chemin := "".join(_ligne(ligne) for ligne in shapely.get_parts(lignes)):
            yield chemin


def _reunir(contours: Iterable[Contour], cadrage: Cadrage) -> BaseGeometry:
    return _fusionner(
        shapely.Polygon(*_anneaux(polygone, cadrage))
        for contour in contours
        for polygone in contour.polygones
    )


def _anneaux(
    polygone: Sequence[Sequence[tuple[float, float]]], cadrage: Cadrage
) -> tuple[list[tuple[float, float]], list[list[tuple[float, float]]]]:
    exterieur, *trous = ([cadrage.placer(point) for point in anneau] for anneau in polygone)
    return exterieur, trous


def _fusionner(formes: Iterable[BaseGeometry]) -> BaseGeometry:
    """L'arrondi des coordonnées laisse parfois une forme qui se touche : elle est réparée."""
    return shapely.union_all([shapely.make_valid(f) for f in formes])


def _partie(partie: Partie, dessin: BaseGeometry) -> FormePartie:
    plus_grand = max(_polygones(dessin), key=lambda polygone: polygone.area)
    rayon = shapely.maximum_inscribed_circle(plus_grand, tolerance=1)
    (x, y), _ = rayon.coords
    return FormePartie(
        code=partie.code,
        nom=partie.nom,
        chemin=_chemin(dessin),
        x=round(x, 1),
        y=round(y, 1),
        rayon=round(rayon.length, 1),
    )


def _polygones(forme: BaseGeometry) -> list[shapely.Polygon]:
    """Les surfaces, sans les points et les lignes qu'une réparation peut laisser."""
    return [p for p in shapely.get_parts(forme) if isinstance(p, shapely.Polygon)]


def _chemin(forme: BaseGeometry) -> str:
    return "".join(
        tracer(anneau.coords[:-1])
        for polygone in _polygones(forme)
        for anneau in (polygone.exterior, *polygone.interiors)
    )


def _ligne(ligne: BaseGeometry) -> str:
    return tracer(ligne.coords[:-1]) if ligne.is_ring else tracer(ligne.coords, ferme=False)
