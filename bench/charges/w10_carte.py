"""W10 : la carte d’Occitanie par intercommunalité, refaite, puis telle que la page la lit.

Le plancher n’écrit ni les noms des contrats, ni ceux des villes, ni la légende : le produit fait
davantage. Les deux ont déjà lu les contours.
"""

import gzip
from collections import Counter
from datetime import date

from django.db import connection

from bench.mesure import Rapport, mesurer
from bench.planchers import carte as plancher
from contrats.carte_couverture import CarteTerritoire, Demande, NiveauDeCarte, carte_couverture
from contrats.cartes.territoire import carte_du_territoire, relever

LE = date(2025, 3, 1)
# La région qui a le plus d’intercommunalités après Auvergne-Rhône-Alpes, et les plus longs contours
REGION = "76"
POIDS = 25_000
DEMANDE = Demande(niveau=NiveauDeCarte.REGION.value, territoire=REGION, nom="Occitanie", le=LE)


def refaire() -> CarteTerritoire:
    return carte_du_territoire(DEMANDE)


def lire() -> CarteTerritoire:
    return carte_couverture(DEMANDE)


def direct() -> str:
    with connection.cursor() as curseur:
        return plancher.carte(curseur, REGION, LE)


def courir(tours: int) -> list[Rapport]:
    verifier()
    return [
        mesurer("w10_map_vs_sql_join", refaire, direct, cible=3, tours=tours),
        mesurer("w10_map_cached_vs_drawn", lire, refaire, cible=0.10, tours=tours),
    ]


def verifier() -> None:
    with connection.cursor() as curseur:
        attendus = plancher.comptes(curseur, REGION, LE)
    if Counter(t.etat for t in relever(DEMANDE).territoires) != attendus:
        raise AssertionError("Les états de la carte du produit et ceux du plancher diffèrent.")
    if lire() != refaire():
        raise AssertionError("La carte gardée n’est pas la carte.")
    poids = len(gzip.compress(lire().svg.encode(), compresslevel=6))
    if poids > POIDS:
        raise AssertionError(f"La carte d’une région pèse {poids} octets, au-delà de {POIDS}.")
