"""L’histoire d’une fiche, ce qui se rétablit, la corbeille : qui obtient quoi."""

from uuid import UUID

from tests.droits.lignes import COORDINATION, PILOTAGE, SUIVENT, VIDE, lignes

# Une étape de chaque contrat, effacée : elle peut revenir
ETAPE_EFFACEE = UUID(int=7)
_TITRE = {"champ": "titre"}
_ETAPE = {"genre": "etape", "element": ETAPE_EFFACEE}

HISTORIQUE = [
    *lignes(
        "action",
        ("contrats:action_historique", "GET", SUIVENT, 200),
        ("contrats:champ_historique", "GET", SUIVENT, 200, VIDE, _TITRE),
        ("contrats:champ_retablir", "GET", PILOTAGE, 200, VIDE, {**_TITRE, "d_alors": 1}),
        ("contrats:champ_retablir", "POST", PILOTAGE, 422, VIDE, {**_TITRE, "d_alors": 1}),
        ("contrats:element_retablir", "GET", PILOTAGE, 200, VIDE, _ETAPE),
        ("contrats:element_retablir", "POST", PILOTAGE, 303, VIDE, _ETAPE),
        ("contrats:action_rendre", "POST", COORDINATION, 303),
    ),
    *lignes(
        "jetee",
        ("contrats:action_effacer", "GET", COORDINATION, 200),
        ("contrats:action_effacer", "POST", COORDINATION, 303),
    ),
    *lignes("contrat", ("contrats:corbeille", "GET", COORDINATION, 200)),
]
