"""Un contour tel qu'un autre logiciel le lira : longitude et latitude, surface sans croisement.

Arrondir des coordonnées fait se croiser quelques contours (une quinzaine sur trente-six mille) :
ils sont réparés. Emploie shapely : pour un fichier à emporter, pas pour le dessin d'une page.
"""

from typing import Any

import shapely
from shapely.geometry import mapping, shape

from acteurs.contours import Contour

PAS = 1e-5  # degrés, un mètre


def geometrie(contour: Contour) -> dict[str, Any]:
    """MultiPolygon valide au sens de la norme des formes simples, et de la RFC 7946."""
    ecrite = contour.en_geojson()
    forme = shape(ecrite)
    return ecrite if forme.is_valid else _reparee(forme)


def _reparee(forme: shapely.Geometry) -> dict[str, Any]:
    """Sur la grille des arrondis, sans les lignes ni les points qu'une réparation laisse."""
    sur_la_grille = shapely.set_precision(shapely.make_valid(forme), PAS)
    surfaces = [p for p in shapely.get_parts(sur_la_grille) if isinstance(p, shapely.Polygon)]
    orientees = shapely.orient_polygons(shapely.multipolygons(surfaces), exterior_cw=False)
    return {
        "type": "MultiPolygon",
        "coordinates": [
            [[[round(v, 5) for v in point] for point in anneau] for anneau in polygone]
            for polygone in mapping(orientees)["coordinates"]
        ],
    }
