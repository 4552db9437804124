"""Dupliquer, partager, la bibliothèque : qui obtient quoi."""

from tests.droits.lignes import COORDINATION, SUIVENT, VIDE, Ligne, lignes

AXE = {"genre": "axe"}
# Sans contrat : qui modifie un plan au moins
ECRIVENT_UN_PLAN = COORDINATION | {"voisine"}
METTRE, RETIRER = {"geste": "mettre"}, {"geste": "retirer"}

PARTAGE: list[Ligne] = [
    *lignes(
        "contrat",
        ("contrats:plan_reprendre", "GET", COORDINATION, 200),
        ("contrats:plan_reprendre", "POST", COORDINATION, 422),
        ("contrats:partages", "GET", SUIVENT, 200),
        ("contrats:panier_ajouter", "GET", COORDINATION, 200),
        ("contrats:panier_ajouter", "POST", COORDINATION, 422),
        ("contrats:offrir", "GET", COORDINATION, 200),
        ("contrats:offrir", "POST", COORDINATION, 422),
    ),
    *lignes(
        "action",
        ("contrats:action_dupliquer", "GET", COORDINATION, 200),
        ("contrats:action_dupliquer", "POST", COORDINATION, 422),
        ("contrats:action_partager", "GET", COORDINATION, 200),
        ("contrats:action_partager", "POST", COORDINATION, 422),
    ),
    *lignes(
        "axe",
        ("contrats:niveau_dupliquer", "GET", COORDINATION, 200, VIDE, AXE),
        ("contrats:niveau_dupliquer", "POST", COORDINATION, 422, {"decalage": "cent"}, AXE),
    ),
    *lignes(
        "partage",
        ("contrats:partage", "GET", SUIVENT, 200),
        ("contrats:partage_accepter", "POST", COORDINATION, 422),
        ("contrats:partage_refuser", "POST", COORDINATION, 303),
        ("contrats:partage_retirer", "GET", COORDINATION, 200),
        ("contrats:partage_retirer", "POST", COORDINATION, 303),
    ),
    *lignes("copie", ("contrats:copie", "GET", COORDINATION, 200)),
    Ligne("contrats:bibliotheque", "GET", ECRIVENT_UN_PLAN),
    Ligne("contrats:panier", "GET", ECRIVENT_UN_PLAN),
]
# Une fiche offerte se lit de partout : éprouvées dans tests/contrats/pages/test_bibliotheque.py
ROUTES_DE_BIBLIOTHEQUE = {"contrats:fiche_type", "contrats:panier_geste"}
ROUTES_API_PARTAGE = {"api:partages-list", "api:partages-detail"}
# Lues par qui modifie un plan ; éprouvées dans tests/contrats/api/test_bibliotheque_lire.py
ROUTES_API_PARTAGE |= {"api:bibliotheque-list", "api:bibliotheque-detail"}
