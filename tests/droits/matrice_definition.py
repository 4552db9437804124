"""Définir les indicateurs : la coordination écrit, qui suit le contrat lit ; le siège, sa région."""

from tests.droits.lignes import CONNECTES, COORDINATION, SUIVENT, VIDE, Ligne, lignes

BRETAGNE = {"code": "53"}
SIEGE = frozenset({"agent_ars", "administratrice"})

DEFINITIONS: list[Ligne] = [
    *lignes(
        "contrat",
        ("indicateurs:definitions", "GET", SUIVENT, 200),
        ("indicateurs:catalogue", "GET", SUIVENT, 200),
        ("indicateurs:catalogue", "POST", COORDINATION, 422),
    ),
    *lignes(
        "indicateur",
        ("indicateurs:deplacer", "POST", COORDINATION, 302),
        ("indicateurs:supprimer", "GET", COORDINATION, 200),
        ("indicateurs:supprimer", "POST", COORDINATION, 302),
        ("indicateurs:reprendre", "GET", COORDINATION, 200),
        ("indicateurs:reprendre", "POST", COORDINATION, 422),
    ),
    *lignes(
        "",
        ("indicateurs:catalogue_regional", "GET", CONNECTES, 200, VIDE, BRETAGNE),
        ("indicateurs:modele_ajouter", "GET", SIEGE, 200, VIDE, BRETAGNE),
        ("indicateurs:modele_ajouter", "POST", SIEGE, 422, VIDE, BRETAGNE),
    ),
]
# Au siège de la région ; éprouvées dans tests/indicateurs/pages/test_catalogue_regional.py
ROUTES_DU_CATALOGUE = {
    "indicateurs:modele",
    "indicateurs:modele_proposer",
    "indicateurs:modele_effacer",
    "api:catalogue-indicateurs-list",
    "api:catalogue-indicateurs-detail",
}
