"""W2 : la couverture par région, sans double compte : en direct, puis telle que les pages la lisent.

Le plancher répond à la même question : contrats comptés, abandons ôtés, fins prolongées.
"""

from datetime import date

from django.db import connection

from bench.mesure import Rapport, mesurer
from bench.planchers import couverture as plancher
from contrats.couverture import LigneCouverture, Niveau, Variante, couverture
from contrats.couverture_gardee import couvertures

LE = date(2025, 3, 1)
NIVEAUX = (Niveau.FRANCE, Niveau.DEPARTEMENT)


def lire() -> dict[str, plancher.Ligne]:
    return {
        ligne.code: (
            ligne.population,
            ligne.population_couverte,
            ligne.communes,
            ligne.communes_couvertes,
            ligne.contrats,
        )
        for ligne in couverture(le=LE, niveau=Niveau.REGION)
    }


def direct() -> dict[str, plancher.Ligne]:
    with connection.cursor() as curseur:
        return plancher.couverture(curseur, LE)


def tableau_de_bord() -> dict[str, list[LigneCouverture]]:
    """Ce que lisent l’accueil public et la page de couverture, cache compris."""
    return couvertures(le=LE, niveaux=NIVEAUX, variante=Variante.SIGNE)


def tableau_en_direct() -> dict[str, list[LigneCouverture]]:
    return {n: couverture(le=LE, niveau=n, variante=Variante.SIGNE) for n in NIVEAUX}


def courir(tours: int) -> list[Rapport]:
    with connection.cursor() as curseur:
        attendu = plancher.couverture_naive(curseur, LE)
    if not lire() == direct() == attendu:
        raise AssertionError("La couverture du produit, du plancher et du contrôle diffèrent.")
    national = couverture(le=LE, niveau=Niveau.FRANCE)[0].population_couverte
    for niveau in (Niveau.REGION, Niveau.DEPARTEMENT, Niveau.EPCI):
        somme = sum(ligne.population_couverte for ligne in couverture(le=LE, niveau=niveau))
        if somme != national:
            raise AssertionError(f"Somme des {niveau} : {somme}, France : {national}.")
    if tableau_de_bord() != tableau_en_direct() or tableau_de_bord() != tableau_en_direct():
        raise AssertionError("La couverture gardée n’est pas la couverture.")
    return [
        mesurer("w2_coverage_vs_sql", lire, direct, cible=1.3, tours=tours),
        mesurer(
            "w2_dashboard_vs_live", tableau_de_bord, tableau_en_direct, cible=0.10, tours=tours
        ),
    ]
