"""Les champs du contrat, la complétude et les documents : qui obtient quoi."""

from tests.droits.lignes import COORDINATION, PILOTAGE, SUIVENT, VIDE, lignes

LIGNES_DE_LA_FICHE = [
    *lignes(
        "contrat",
        ("contrats:champs_libres", "GET", COORDINATION, 200),
        ("contrats:champs_libres", "POST", COORDINATION, 422),
        ("contrats:completude", "GET", SUIVENT, 200),
    ),
    *lignes(
        "champ_libre",
        ("contrats:champ_libre", "GET", COORDINATION, 200),
        ("contrats:champ_libre", "POST", COORDINATION, 422),
        ("contrats:champ_libre_geste", "POST", COORDINATION, 303, {"geste": "retirer"}),
    ),
    *lignes(
        "action",
        ("contrats:action_documents", "GET", SUIVENT, 200),
        ("contrats:action_documents", "POST", PILOTAGE, 422, VIDE),
    ),
    *lignes(
        "document",
        ("contrats:document_telecharger", "GET", SUIVENT, 200),
        ("contrats:document_renommer", "GET", PILOTAGE, 200),
        ("contrats:document_renommer", "POST", PILOTAGE, 422),
        ("contrats:document_retirer", "GET", PILOTAGE, 200),
        ("contrats:document_retirer", "POST", PILOTAGE, 303),
    ),
]
