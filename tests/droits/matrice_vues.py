"""Les vues enregistrées et l’organisation du plan : qui obtient quoi."""

from tests.droits.lignes import COORDINATION, SUIVENT, VIDE, lignes

HAUT = {"genre": "action", "sens": "haut"}
FICHE = {"genre": "action"}
AXE = {"genre": "axe"}

VUES = [
    *lignes(
        "contrat",
        ("contrats:filtres", "GET", SUIVENT, 200),
        ("contrats:vues", "GET", SUIVENT, 200),
        ("contrats:vue_ajouter", "GET", SUIVENT, 200),
        ("contrats:vue_ajouter", "POST", SUIVENT, 422),
        ("contrats:organiser", "GET", COORDINATION, 200),
        ("contrats:numeros", "GET", COORDINATION, 200),
        ("contrats:numeros", "POST", COORDINATION, 422),
    ),
    *lignes(
        "action",
        ("contrats:deplacer", "GET", COORDINATION, 200, VIDE, FICHE),
        ("contrats:deplacer", "POST", COORDINATION, 422, VIDE, FICHE),
        ("contrats:decaler", "POST", COORDINATION, 422, VIDE, HAUT),
    ),
    *lignes(
        "axe",
        ("contrats:niveau_modifier", "GET", COORDINATION, 200, VIDE, AXE),
        ("contrats:niveau_modifier", "POST", COORDINATION, 422, VIDE, AXE),
        ("contrats:niveau_supprimer", "GET", COORDINATION, 200, VIDE, AXE),
        ("contrats:niveau_supprimer", "POST", COORDINATION, 422, VIDE, AXE),
    ),
]
# À qui les a enregistrées ; éprouvées dans tests/contrats/vues/test_enregistrees.py
ROUTES_A_SOI = {"contrats:vue_modifier", "contrats:vue_supprimer"}
