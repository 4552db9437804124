"""Quelle mesure se compte où : une table, et une lecture pour toutes."""

from collections.abc import Callable, Collection

from indicateurs.calcul.pilotage.moyens import du_budget, du_temps
from indicateurs.calcul.pilotage.reunions import des_organisations, des_reunions
from indicateurs.calcul.pilotage.statuts import STATUTS, de_la_participation, des_statuts
from indicateurs.calcul.pilotage.territoire import de_la_couverture
from indicateurs.calcul.pilotage.vue import Point, Points, Vue
from indicateurs.models import MesureDePilotage

COMPTES: dict[Callable[[Vue, Collection[str]], Points], frozenset[str]] = {
    des_statuts: frozenset(STATUTS),
    de_la_participation: frozenset({MesureDePilotage.ACTIONS_AVEC_HABITANTS}),
    des_reunions: frozenset({MesureDePilotage.REUNIONS_TENUES}),
    des_organisations: frozenset({MesureDePilotage.PARTENAIRES_MOBILISES}),
    du_budget: frozenset({MesureDePilotage.BUDGET_EXECUTE}),
    du_temps: frozenset({MesureDePilotage.ETP_COORDINATION}),
    de_la_couverture: frozenset(
        {MesureDePilotage.POPULATION_COUVERTE, MesureDePilotage.COMMUNES_COUVERTES}
    ),
}


def compter(vue: Vue, mesures: Collection[str]) -> Points:
    """Les points des seules mesures demandées."""
    points: dict[tuple, dict[int, Point]] = {}
    for lire, siennes in COMPTES.items():
        voulues = siennes & set(mesures)
        if voulues:
            lus = lire(vue, voulues)
            points |= {cle: dict(lu) for cle, lu in lus.items() if cle[1] in voulues}
    return points
