"""W2 : la couverture par région, en direct, sans double compte."""

from datetime import date

from django.db import connection

from bench.mesure import Rapport, mesurer
from bench.planchers import couverture as plancher
from contrats.couverture import Niveau, couverture

LE = date(2025, 3, 1)


def lire() -> dict[str, tuple[int, int, int, int]]:
    return {
        ligne.code: (
            ligne.population,
            ligne.population_couverte,
            ligne.communes,
            ligne.communes_couvertes,
        )
        for ligne in couverture(le=LE, niveau=Niveau.REGION)
    }


def direct() -> dict[str, tuple[int, int, int, int]]:
    with connection.cursor() as curseur:
        return plancher.couverture(curseur, LE)


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
    return [mesurer("w2_coverage_vs_sql", lire, direct, cible=1.3, tours=tours)]
