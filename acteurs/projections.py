"""Du globe au plan et retour, en mètres. Un plan par territoire : rien n'est dessiné de travers.

Métropole et Corse : Lambert-93 (RGF93, EPSG:2154 ; formules de l'IGN, NTG 71). Outre-mer :
cylindrique équidistante centrée sur le territoire, dont l'erreur d'échelle reste sous 0,3 %.
"""

import math
from dataclasses import dataclass
from typing import Protocol

# Ellipsoïde GRS80
DEMI_GRAND_AXE = 6_378_137.0
APLATISSEMENT = 1 / 298.257222101
EXCENTRICITE = math.sqrt(2 * APLATISSEMENT - APLATISSEMENT**2)

METROPOLE = "FXX"


class Projection(Protocol):
    def projeter(self, longitude: float, latitude: float) -> tuple[float, float]: ...

    def deprojeter(self, x: float, y: float) -> tuple[float, float]: ...


@dataclass(frozen=True, slots=True)
class Lambert93:
    n: float = 0.7256077650532670
    c: float = 11_754_255.426096
    x0: float = 700_000.0
    y0: float = 12_655_612.049876
    longitude0: float = 3.0

    def projeter(self, longitude: float, latitude: float) -> tuple[float, float]:
        sinus = math.sin(math.radians(latitude))
        isometrique = math.atanh(sinus) - EXCENTRICITE * math.atanh(EXCENTRICITE * sinus)
        rayon = self.c * math.exp(-self.n * isometrique)
        angle = self.n * math.radians(longitude - self.longitude0)
        return self.x0 + rayon * math.sin(angle), self.y0 - rayon * math.cos(angle)

    def deprojeter(self, x: float, y: float) -> tuple[float, float]:
        """La latitude est atteinte par itérations ; huit suffisent au dixième de millimètre."""
        dx, dy = x - self.x0, self.y0 - y
        longitude = self.longitude0 + math.degrees(math.atan2(dx, dy)) / self.n
        isometrique = -math.log(math.hypot(dx, dy) / self.c) / self.n
        sinus = math.tanh(isometrique)
        for _ in range(8):
            sinus = math.tanh(isometrique + EXCENTRICITE * math.atanh(EXCENTRICITE * sinus))
        return longitude, math.degrees(math.asin(sinus))


@dataclass(frozen=True, slots=True)
class Equidistante:
    longitude0: float
    latitude0: float

    @property
    def _echelles(self) -> tuple[float, float]:
        """Mètres par degré de longitude et de latitude, sur l'ellipsoïde, au centre."""
        latitude = math.radians(self.latitude0)
        w = 1 - (EXCENTRICITE * math.sin(latitude)) ** 2
        grande_normale = DEMI_GRAND_AXE / math.sqrt(w)
        rayon_meridien = DEMI_GRAND_AXE * (1 - EXCENTRICITE**2) / w**1.5
        return math.radians(grande_normale * math.cos(latitude)), math.radians(rayon_meridien)

    def projeter(self, longitude: float, latitude: float) -> tuple[float, float]:
        ex, ey = self._echelles
        return (longitude - self.longitude0) * ex, (latitude - self.latitude0) * ey

    def deprojeter(self, x: float, y: float) -> tuple[float, float]:
        ex, ey = self._echelles
        return self.longitude0 + x / ex, self.latitude0 + y / ey


PLANS: dict[str, Projection] = {
    METROPOLE: Lambert93(),
    "971": Equidistante(-61.4, 16.2),
    "972": Equidistante(-61.0, 14.65),
    "973": Equidistante(-53.1, 4.0),
    "974": Equidistante(55.5, -21.1),
    "976": Equidistante(45.15, -12.8),
}


def departement_de(code_commune: str) -> str:
    """« 29232 » donne 29, « 2A004 » donne 2A, « 97411 » donne 974."""
    return code_commune[:3] if code_commune.startswith(("97", "98")) else code_commune[:2]


def plan_de(departement: str) -> str | None:
    """Plan où un département est dessiné ; None pour les collectivités sans contours."""
    if len(departement) == 2:
        return METROPOLE
    return departement if departement in PLANS else None
