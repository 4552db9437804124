"""Modifier en lot : qui modifie le plan, ou ses fiches ; le lot d’un autre, qui modifie le plan."""

from tests.droits.lignes import COORDINATION, PILOTAGE, VIDE, lignes

LOTS = [
    *lignes(
        "contrat",
        ("contrats:lots", "GET", PILOTAGE, 200),
        ("contrats:lots", "POST", PILOTAGE, 422),
    ),
    *lignes(
        "lot",
        ("contrats:lot", "GET", COORDINATION, 200),
        ("contrats:lot_modifier", "GET", COORDINATION, 200),
        ("contrats:lot_modifier", "POST", COORDINATION, 422),
        ("contrats:lot_appliquer", "POST", COORDINATION, 303),
        # Pas encore écrit : rien à annuler, et aucun travail de fond
        ("contrats:lot_annuler", "POST", COORDINATION, 422),
        ("contrats:lot_travail", "GET", COORDINATION, 404, VIDE),
    ),
]
# Lus par qui modifie le plan ou les a faits ; éprouvés dans tests/contrats/api/test_lots.py
ROUTES_API_LOTS = {f"api:lots-{vue}" for vue in ("list", "detail", "appliquer", "annuler")}
