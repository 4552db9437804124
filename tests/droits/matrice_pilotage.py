"""Piloter une région, en faire le rapport : l’agence de la région, siège et délégations."""

from tests.droits.lignes import VIDE, Ligne, lignes

AGENCE = frozenset({"agent_ars", "agent_dd", "administratrice"})
BRETAGNE = {"code": "53"}
FICHES = BRETAGNE | {"liste": "fiches"}
STATUTS = BRETAGNE | {"quoi": "statuts", "extension": "csv"}

PILOTAGE: list[Ligne] = lignes(
    "",
    ("contrats:pilotage", "GET", AGENCE, 200, VIDE, BRETAGNE),
    ("contrats:pilotage_liste", "GET", AGENCE, 200, VIDE, FICHES),
    ("contrats:pilotage_exporter", "GET", AGENCE, 200, VIDE, STATUTS),
    ("bilans:rapport_regional", "GET", AGENCE, 200, VIDE, BRETAGNE),
    ("bilans:rapport_regional", "POST", AGENCE, 422, {"date": "hier"}, BRETAGNE),
    ("bilans:rapport_national", "GET", AGENCE, 200),
    ("bilans:rapport_national", "POST", AGENCE, 422, {"date": "hier"}),
)
# À l’agence de la région du rapport ; éprouvées dans tests/bilans/pages/test_rapport_regional.py
ROUTES_DE_RAPPORT = {
    "bilans:rapport",
    "bilans:rapport_travail",
    "bilans:rapport_refaire",
    "bilans:rapport_fichier",
    "bilans:rapport_donnees",
    "api:pilotage-list",
}
