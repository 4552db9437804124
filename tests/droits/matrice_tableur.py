"""Importer et exporter un plan : qui obtient quoi."""

from tests.droits.lignes import CONNECTES, COORDINATION, SUIVENT, VIDE, Ligne, lignes

TABLEUR: list[Ligne] = [
    *lignes(
        "",
        ("contrats:exporter_fiches", "GET", CONNECTES, 200, VIDE, {"extension": "csv"}),
    ),
    *lignes(
        "contrat",
        ("contrats:importer", "GET", COORDINATION, 200),
        ("contrats:importer", "POST", COORDINATION, 422),
        ("contrats:exporter_plan", "GET", SUIVENT, 200, VIDE, {"extension": "csv"}),
    ),
    *lignes(
        "recu",
        ("contrats:import_colonnes", "GET", COORDINATION, 200),
        ("contrats:import_colonnes", "POST", COORDINATION, 422),
        ("contrats:import_feuille", "GET", COORDINATION, 200),
        ("contrats:import_feuille", "POST", COORDINATION, 422),
        ("contrats:import_rapport", "GET", COORDINATION, 200),
        ("contrats:import_rapport", "POST", COORDINATION, 303),
        ("contrats:import_travail", "GET", COORDINATION, 404),
    ),
]
