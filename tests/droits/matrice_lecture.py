"""Lire les indicateurs : qui suit le contrat lit, qui saisit raconte, la coordination relance."""

from tests.droits.lignes import COORDINATION, PILOTAGE, SUIVENT, VIDE, lignes

LECTURE_DES_INDICATEURS = [
    *lignes(
        "contrat",
        ("indicateurs:comparaison", "GET", SUIVENT, 200),
        ("indicateurs:comparaison_exporter", "GET", SUIVENT, 200, VIDE, {"extension": "csv"}),
        ("indicateurs:echeances", "GET", SUIVENT, 200),
        ("indicateurs:en_retard", "GET", SUIVENT, 200),
        ("indicateurs:relancer", "GET", COORDINATION, 200),
        ("indicateurs:relancer", "POST", COORDINATION, 422),
    ),
    *lignes(
        "indicateur",
        ("indicateurs:recit_ajouter", "GET", PILOTAGE, 200),
        ("indicateurs:recit_ajouter", "POST", PILOTAGE, 422),
    ),
    *lignes(
        "recit",
        ("indicateurs:recit", "GET", PILOTAGE, 200),
        ("indicateurs:recit", "POST", PILOTAGE, 422),
        ("indicateurs:recit_supprimer", "GET", PILOTAGE, 200),
        ("indicateurs:recit_supprimer", "POST", PILOTAGE, 303, {"version": 1}),
    ),
]

ROUTES_API_LECTURE = {f"api:recits-{vue}" for vue in ("list", "detail")}
