"""Les indicateurs d’une région : qui la pilote les lit et les emporte."""

from tests.droits.lignes import VIDE, Ligne, lignes
from tests.droits.matrice_pilotage import AGENCE, BRETAGNE

MODELE = BRETAGNE | {"modele": "A02"}

REGION: list[Ligne] = lignes(
    "",
    ("indicateurs:region", "GET", AGENCE, 200, VIDE, BRETAGNE),
    ("indicateurs:region_indicateur", "GET", AGENCE, 200, VIDE, MODELE),
    ("indicateurs:region_exporter", "GET", AGENCE, 200, VIDE, BRETAGNE | {"extension": "csv"}),
    (
        "indicateurs:region_indicateur_exporter",
        "GET",
        AGENCE,
        200,
        VIDE,
        MODELE | {"extension": "csv"},
    ),
)
# Éprouvée dans tests/indicateurs/api/test_series_lire.py
ROUTES_API_SERIES = {"api:series-list"}
