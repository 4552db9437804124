"""Mener une campagne de bilans : celle d’un contrat par sa coordination ou son agence."""

from tests.droits.lignes import COORDINATION, SUIVENT, VIDE, Ligne, lignes
from tests.droits.matrice_pilotage import AGENCE, BRETAGNE

MENENT = COORDINATION | {"agent_ars", "agent_dd"}
AU_SIEGE = frozenset({"agent_ars", "administratrice"})

CAMPAGNES: list[Ligne] = [
    *lignes(
        "",
        ("bilans:campagnes", "GET", AGENCE, 200, VIDE, BRETAGNE),
        ("bilans:campagne_ouvrir", "GET", AU_SIEGE, 200, VIDE, BRETAGNE),
        ("bilans:campagne_ouvrir", "POST", AU_SIEGE, 422, VIDE, BRETAGNE),
    ),
    *lignes(
        "contrat",
        ("bilans:campagne_du_contrat", "GET", MENENT, 200),
        ("bilans:campagne_du_contrat", "POST", MENENT, 422),
    ),
    # Celle du contrat ; celle d’une région s’éprouve dans tests/bilans/pages/test_campagne.py
    *lignes(
        "campagne",
        ("bilans:campagne", "GET", SUIVENT, 302),
        ("bilans:campagne_modifier", "GET", MENENT, 200),
        ("bilans:campagne_modifier", "POST", MENENT, 422),
        ("bilans:campagne_prolonger", "GET", MENENT, 200),
        ("bilans:campagne_prolonger", "POST", MENENT, 422),
        ("bilans:campagne_retirer", "GET", MENENT, 200),
        ("bilans:campagne_retirer", "POST", MENENT, 303),
    ),
]
# Le tableau d’une région et l’API : tests/bilans/pages/test_campagne.py, tests/bilans/api
ROUTES_DE_CAMPAGNE = {
    "bilans:campagne_exporter",
    "api:campagnes-list",
    "api:campagnes-detail",
    "api:campagnes-prolonger",
    "api:avancement-bilans-list",
}
