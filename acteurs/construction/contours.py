"""Limites de communes nettoyées, simplifiées sans jour entre voisins, réunies, compactées.

Les communes sont dessinées à 300 m, les mailles (`acteurs.mailles`) à 1 km, départements et régions
à 2 km (moins outre-mer, où chaque carte est plus grande que le territoire).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

import numpy as np
import shapely

from acteurs.construction.ecriture import ecrire_json
from acteurs.construction.lacunes import Formes, combler, refermer
from acteurs.construction.limites import Limites
from acteurs.projections import METROPOLE, PLANS, Projection, departement_de, plan_de

# Tolérances en mètres : racine de l'aire des triangles effacés (Visvalingam-Whyatt).
TOLERANCES = {
    METROPOLE: {"communes": 300, "mailles": 1000, "departements": 2000, "regions": 2000},
    "971": {"communes": 150, "mailles": 300, "departements": 900, "regions": 900},
    "972": {"communes": 150, "mailles": 300, "departements": 700, "regions": 700},
    "973": {"communes": 800, "mailles": 1500, "departements": 4000, "regions": 4000},
    "974": {"communes": 150, "mailles": 300, "departements": 700, "regions": 700},
    "976": {"communes": 100, "mailles": 200, "departements": 500, "regions": 500},
}
UNITES = {"communes": 10, "mailles": 20, "departements": 50, "regions": 50}

UNITE_DES_REPERES = 100

JEU_COMBLE = 20  # m : jours entre voisins effacés au nettoyage
ACCROCHAGE = 1  # m


def construire_contours(
    limites: Limites,
    appartenances: Mapping[str, Mapping[str, str]],
    villes: Collection[str],
    sortie: Path,
) -> None:
    """`appartenances` : pour chaque niveau, le code du groupement de chaque commune. `villes` :
    les communes dont une carte peut écrire le nom."""
    compacts: dict[str, dict[str, dict[str, list]]] = defaultdict(dict)
    reperes: dict[str, dict[str, list[int]]] = {}
    communes: dict[str, dict[str, dict[str, list]]] = defaultdict(lambda: defaultdict(dict))
    for plan, formes in _par_plan(limites.communes).items():
        nettes = _preparer(formes, PLANS[plan], limites)
        reperes[plan] = {code: _repere(f) for code, f in nettes.items() if code in villes}
        for code, forme in _simplifier(nettes, plan, "communes").items():
            compact = compacter(forme, UNITES["communes"])
            communes[departement_de(code)][plan][code] = compact
        for niveau, groupes in appartenances.items():
            reunies = _simplifier(_reunir(nettes, groupes), plan, niveau)
            compacts[niveau][plan] = {c: compacter(f, UNITES[niveau]) for c, f in reunies.items()}
    for departement, plans in communes.items():
        _ecrire(sortie / "communes" / f"{departement}.json.gz", "communes", plans)
    for niveau, plans in compacts.items():
        _ecrire(sortie / f"{niveau}.json.gz", niveau, plans)
    ecrire_json(sortie / "reperes.json.gz", {"unite": UNITE_DES_REPERES, "plans": reperes})


def _repere(forme: shapely.Geometry) -> list[int]:
    """Un point à l'intérieur du plus grand morceau, en unités."""
    plus_grand = max(shapely.get_parts(forme), key=shapely.area)
    centre = shapely.centroid(plus_grand)
    dedans = centre if plus_grand.contains(centre) else shapely.point_on_surface(plus_grand)
    return [round(dedans.x / UNITE_DES_REPERES), round(dedans.y / UNITE_DES_REPERES)]


def compacter(forme: shapely.Geometry, unite: int) -> list[list[list[int]]]:
    """Polygones, anneaux, puis x, y, dx, dy… en nombres entiers d'unités, sans le point final."""
    polygones = [
        [anneau for ring in shapely.get_rings(p) if len(anneau := _anneau(ring, unite)) >= 6]
        for p in shapely.get_parts(forme)
    ]
    return [p for p in polygones if p]


def _anneau(ring: shapely.Geometry, unite: int) -> list[int]:
    points = np.rint(shapely.get_coordinates(ring)[:-1] / unite).astype(int)
    points = points[np.r_[True, (np.diff(points, axis=0) != 0).any(axis=1)]]
    return np.r_[points[:1], np.diff(points, axis=0)].ravel().tolist()


def _ecrire(fichier: Path, niveau: str, plans: Mapping[str, Mapping[str, list]]) -> None:
    ordonnes = {p: dict(sorted(formes.items())) for p, formes in sorted(plans.items()) if formes}
    ecrire_json(fichier, {"unite": UNITES[niveau], "plans": ordonnes})


def _par_plan(limites: Formes) -> dict[str, Formes]:
    plans: dict[str, Formes] = {plan: {} for plan in PLANS}
    for code, forme in sorted(limites.items()):
        if plan := plan_de(departement_de(code)):
            plans[plan][code] = forme
    return {plan: formes for plan, formes in plans.items() if formes}


def _preparer(formes: Formes, projection: Projection, limites: Limites) -> Formes:
    """Dans le plan, les limites partagées deviennent identiques point par point."""
    planes = shapely.transform(_tableau(formes.values()), _vectoriser(projection))
    nettes = combler(_nettoyer(dict(zip(formes, planes, strict=True))), limites.incompletes)
    completees = refermer(nettes, limites.incompletes[0])
    return combler(_nettoyer(nettes | completees), limites.incompletes) if completees else nettes


def _nettoyer(formes: Formes) -> Formes:
    """Un recouvrement revient à la plus petite commune."""
    nettes = shapely.coverage_clean(
        _tableau(formes.values()),
        gap_width=JEU_COMBLE,
        snapping_distance=ACCROCHAGE,
        merge_strategy="min_area",
    )
    return dict(zip(formes, nettes, strict=True))


def _reunir(formes: Formes, groupes: Mapping[str, str]) -> Formes:
    membres: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for code, forme in formes.items():
        if groupe := groupes.get(code):
            membres[groupe].append(forme)
    return {g: shapely.coverage_union_all(membres[g]) for g in sorted(membres)}


def _simplifier(formes: Formes, plan: str, niveau: str) -> Formes:
    tolerance = TOLERANCES[plan][niveau]
    simples = shapely.coverage_simplify(_tableau(formes.values()), tolerance)
    terres = shapely.STRtree(shapely.get_parts(shapely.coverage_union_all(simples)))
    return {
        code: _retoucher_iles(forme, terres, tolerance)
        for code, forme in zip(formes, simples, strict=True)
    }


def _retoucher_iles(
    forme: shapely.Geometry, terres: shapely.STRtree, tolerance: float
) -> shapely.Geometry:
    """Omet les rochers plus petits que la tolérance, sauf le plus grand morceau ; élargit les
    îles que la carte montrerait à peine. Une enclave chez un voisin n'est pas touchée."""
    morceaux = shapely.get_parts(forme)
    plus_grand = shapely.area(morceaux).max()
    gardes = []
    for morceau in morceaux:
        if not _est_une_ile(morceau, terres) or morceau.area >= 4 * tolerance**2:
            gardes.append(morceau)
        elif morceau.area >= min(tolerance**2, plus_grand):
            gardes.append(shapely.buffer(morceau, tolerance / 2, quad_segs=2))
    return shapely.multipolygons(gardes)


def _est_une_ile(morceau: shapely.Geometry, terres: shapely.STRtree) -> bool:
    touchees = terres.geometries[terres.query(morceau, predicate="intersects")]
    return len(touchees) == 1 and touchees[0].area - morceau.area < 1


def _vectoriser(projection: Projection) -> Callable[[np.ndarray], np.ndarray]:
    return lambda points: np.array([projection.projeter(x, y) for x, y in points])


def _tableau(formes: Iterable[shapely.Geometry]) -> np.ndarray:
    return np.array(list(formes), dtype=object)
