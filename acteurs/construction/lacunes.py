"""Trous entre communes, quand les limites sont plus anciennes que les codes : une commune nouvelle
y a gardé la limite de son seul chef-lieu, et celles qu'elle a absorbées manquent."""

from collections.abc import Collection, Sequence

import numpy as np
import shapely

Formes = dict[str, shapely.Geometry]

AIRE_MINIMALE = 100_000  # m² : en deçà, un bras d'eau
EMBOUCHURE = 1_500  # m : demi-largeur d'un trou ouvert sur la frontière, que l'on referme
LLIVIA = shapely.Point(616_600, 6_152_700)  # enclave espagnole, en Lambert-93


def combler(formes: Formes, candidates: Sequence[Collection[str]]) -> Formes:
    """Donne chaque trou à la commune candidate qui le borde le plus.

    `candidates` : communes auxquelles il manque une partie, de la plus à la moins probable (une
    commune déléguée sans limite, puis une ancienne commune). Un trou sans candidate reste.
    """
    codes, tableau = list(formes), np.array(list(formes.values()), dtype=object)
    arbre = shapely.STRtree(tableau)
    comblees = dict(formes)
    for trou in _trous(tableau, arbre):
        bords = {
            codes[rang]: shapely.intersection(trou.boundary, tableau[rang].boundary).length
            for rang in arbre.query(trou, predicate="touches")
        }
        for possibles in candidates:
            retenues = {code: bord for code, bord in bords.items() if code in possibles and bord}
            if retenues:
                code = max(retenues, key=lambda c: (retenues[c], c))
                comblees[code] = shapely.coverage_union(comblees[code], trou)
                break
    return comblees


def refermer(formes: Formes, candidates: Collection[str]) -> Formes:
    """Même défaut au bord du pays, où le trou est ouvert : sa frontière est tendue d'une rive à
    l'autre, donc approchée ; le fond se comble ensuite. Rend les communes complétées."""
    terres = shapely.coverage_union_all(np.array(list(formes.values()), dtype=object))
    completees = {}
    for code in sorted(formes.keys() & set(candidates)):
        alentour = shapely.clip_by_rect(terres, *formes[code].buffer(10 * EMBOUCHURE).bounds)
        ferme = alentour.buffer(EMBOUCHURE).buffer(-EMBOUCHURE)
        jours = shapely.get_parts(ferme.difference(alentour.buffer(1)))
        manque = [j for j in jours if j.area > 10 * AIRE_MINIMALE and _jouxte(j, formes[code])]
        if manque:
            completees[code] = shapely.union_all([formes[code], *(j.buffer(2) for j in manque)])
    return completees


def _jouxte(jour: shapely.Geometry, commune: shapely.Geometry) -> bool:
    return jour.distance(commune) < 2 and not jour.contains(LLIVIA)


def _trous(tableau: np.ndarray, arbre: shapely.STRtree) -> list[shapely.Geometry]:
    terres = shapely.get_parts(shapely.coverage_union_all(tableau))
    anneaux = [shapely.Polygon(ring) for terre in terres for ring in terre.interiors]
    trous = [shapely.difference(a, _contenues(a, tableau, arbre)) for a in anneaux]
    return [t for t in trous if t.area > AIRE_MINIMALE and not t.contains(LLIVIA)]


def _contenues(
    anneau: shapely.Geometry, tableau: np.ndarray, arbre: shapely.STRtree
) -> shapely.Geometry:
    """Une commune isolée au milieu du trou n'en fait pas partie."""
    return shapely.union_all(tableau[arbre.query(anneau, predicate="contains")])
