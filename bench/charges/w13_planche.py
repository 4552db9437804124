"""W13 : douze séries de dix ans, de leur description au SVG. Cinq millisecondes au plus.

Le plancher écrit les mêmes traits sans placer d’étiquette, sans échapper ni nommer l’image.
"""

from collections.abc import Callable
from time import perf_counter

from bench.mesure import Rapport, mesurer
from bench.planchers import planche as plancher
from cls_platform.socle.svg import planche
from cls_platform.socle.svg.courbe import Point
from cls_platform.socle.svg.planche import Planche, Vignette

BUDGET = 5.0
SERIES, ANNEES = 12, 10
PREMIERE, ECHEANCE = 2016, 2028


def courir(tours: int) -> list[Rapport]:
    spec = description()
    valeurs = [[p.valeur or 0.0 for p in v.observes] for v in spec.vignettes]

    def dessiner() -> str:
        return planche.dessiner_planche(spec)

    def direct() -> str:
        return plancher.planche(valeurs)

    duree = meilleure(dessiner, tours)
    return [
        mesurer("w13_charts_vs_fstring", dessiner, direct, cible=20, tours=tours),
        Rapport("w13_charts_vs_5ms", duree / BUDGET, 0.0, duree, BUDGET, 1.0),
    ]


def description() -> Planche:
    vignettes = tuple(
        Vignette(
            nom=f"Indicateur {rang}",
            description="Une série inventée.",
            observes=tuple(_point(PREMIERE + an, rang, an) for an in range(ANNEES)),
            prevue=(Point(x=PREMIERE, valeur=12), Point(x=ECHEANCE, valeur=30)),
            marge=2,
            cible=Point(x=ECHEANCE, valeur=30, etiquette="30"),
            de=PREMIERE,
            a=ECHEANCE,
        )
        for rang in range(SERIES)
    )
    return Planche(titre="Planche", description="Douze séries de dix ans.", vignettes=vignettes)


def _point(annee: int, rang: int, an: int) -> Point:
    valeur = 10 + (an * 7 + rang * 5) % 19
    return Point(x=annee, valeur=valeur, etiquette=str(valeur))


def meilleure(appel: Callable[[], object], tours: int) -> float:
    """La plus courte durée, en millisecondes : le reste est le bruit de la machine."""
    durees = []
    for _ in range(max(tours * 10, 30)):
        debut = perf_counter()
        appel()
        durees.append(perf_counter() - debut)
    return min(durees) * 1000
