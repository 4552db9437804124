"""Mesurer un rapport : tours entrelacés A B B A, médiane des rapports de chaque tour."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

IQR_MAXIMUM = 0.15


@dataclass(frozen=True)
class Rapport:
    """`rapport` : produit / plancher ; `iqr` : écart interquartile rapporté à la médiane."""

    nom: str
    rapport: float
    iqr: float
    produit_ms: float
    plancher_ms: float
    cible: float
    sens: str = "max"

    @property
    def est_stable(self) -> bool:
        return self.iqr <= IQR_MAXIMUM

    @property
    def tient(self) -> bool:
        return self.rapport <= self.cible if self.sens == "max" else self.rapport >= self.cible


def mesurer(
    nom: str,
    produit: Callable[[], object],
    plancher: Callable[[], object],
    *,
    cible: float,
    tours: int = 9,
    repetitions: int = 5,
) -> Rapport:
    """Échauffe, puis mesure `tours` tours de `repetitions` appels entrelacés."""
    for _ in range(2):
        produit()
        plancher()
    rapports, durees_p, durees_f = [], [], []
    for tour in range(tours):
        gc.collect()
        paires = [(produit, durees_p), (plancher, durees_f)]
        temps = {id(durees_p): 0.0, id(durees_f): 0.0}
        for rang in range(repetitions):
            ordre = paires if (tour + rang) % 2 == 0 else paires[::-1]
            for appel, durees in ordre:
                debut = time.perf_counter()
                appel()
                temps[id(durees)] += time.perf_counter() - debut
        durees_p.append(temps[id(durees_p)] / repetitions)
        durees_f.append(temps[id(durees_f)] / repetitions)
        rapports.append(durees_p[-1] / durees_f[-1])
    quartiles = statistics.quantiles(rapports, n=4)
    mediane = statistics.median(rapports)
    return Rapport(
        nom=nom,
        rapport=mediane,
        iqr=(quartiles[2] - quartiles[0]) / mediane,
        produit_ms=statistics.median(durees_p) * 1000,
        plancher_ms=statistics.median(durees_f) * 1000,
        cible=cible,
    )
