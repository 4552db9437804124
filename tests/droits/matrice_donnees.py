"""Charger zonages, données et listes de contrats : l’administration, et le siège d’une ARS."""

from tests.droits.lignes import CONNECTES, VIDE, Ligne, lignes

SIEGE = frozenset({"agent_ars", "administratrice"})
ZONAGE, CONTEXTE, CSV = {"genre": "zonage"}, {"genre": "contexte"}, {"extension": "csv"}

DONNEES: list[Ligne] = lignes(
    "",
    ("acteurs:donnees", "GET", CONNECTES, 200),
    ("acteurs:modele_donnees", "GET", CONNECTES, 200, VIDE, CONTEXTE | CSV),
    ("acteurs:importer_donnees", "GET", SIEGE, 200, VIDE, ZONAGE),
    ("acteurs:importer_donnees", "POST", SIEGE, 422, VIDE, CONTEXTE),
    ("contrats:importer_cls", "GET", SIEGE, 200),
    ("contrats:importer_cls", "POST", SIEGE, 422),
    ("contrats:modele_cls", "GET", SIEGE, 200, VIDE, CSV),
    ("contrats:exporter_cls", "GET", SIEGE, 200, VIDE, CSV),
)
# À qui a donné le fichier, ou à qui charge la région du millésime ; éprouvées dans
# tests/acteurs/donnees/test_pages.py et tests/contrats/cls/test_pages.py
ROUTES_DE_DONNEES = {
    "acteurs:import_donnees",
    "acteurs:import_donnees_rapport",
    "acteurs:millesime",
    "acteurs:retirer_donnees",
    "acteurs:retirer_zonage",
    "contrats:import_cls",
    "contrats:import_cls_rapport",
}
