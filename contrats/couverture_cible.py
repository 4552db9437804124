"""Ce que vise la doctrine d’une région, face à ce qui est couvert.

Seul un maillage complet se compare au chiffre de la région : des territoires prioritaires ont leurs
propres habitants, que la page de la doctrine compte.
"""

from dataclasses import dataclass
from datetime import date

from contrats.couverture import LigneCouverture, Niveau
from contrats.couverture_place import Place
from contrats.doctrine import habitants_de_la_cible
from contrats.models import Doctrine
from contrats.models.doctrine import Maillage
from contrats.presentation.tendance import Cible


@dataclass(frozen=True, slots=True)
class Visee:
    """`manque` : habitants à couvrir encore pour atteindre la part visée."""

    part: float
    le: date
    manque: int


def visee_de(place: Place, le: date, signe: LigneCouverture) -> Visee | None:
    if place.niveau != Niveau.REGION:
        return None
    doctrine = Doctrine.objects.en_vigueur(place.code, le)
    if doctrine is None or doctrine.maillage != Maillage.COMPLET:
        return None
    voulus = habitants_de_la_cible(doctrine.cible_taux, signe.population)
    manque = max(0, voulus - signe.population_couverte)
    return Visee(float(doctrine.cible_taux), doctrine.cible_date, manque)


def cible_de_la_courbe(visee: Visee | None) -> Cible | None:
    if visee is None:
        return None
    pourcentage = f"{round(visee.part * 100)}\u202f%"
    return Cible(visee.part, visee.le, f"cible {visee.le.year}\u00a0: {pourcentage}")
