"""D’une année à l’autre : la matière et les annonces à la coordination, la comparaison à tous."""

from tests.droits.lignes import COORDINATION, SUIVENT, TOUS, VIDE, Ligne, lignes

EDITO = {"code": "EDITO"}

ANNEES: list[Ligne] = [
    *lignes(
        "slug",
        ("bilans:comparer", "GET", TOUS, 200),
        ("bilans:comparer_csv", "GET", TOUS, 200),
    ),
    *lignes(
        "contrat",
        ("bilans:comparer_espace", "GET", SUIVENT, 200),
        ("bilans:comparer_espace_csv", "GET", SUIVENT, 200),
    ),
    *lignes(
        "bilan",
        ("bilans:matiere", "GET", COORDINATION, 200, VIDE, EDITO),
        ("bilans:annonces", "GET", SUIVENT, 200),
        ("bilans:annonces_reprendre", "POST", COORDINATION, 303),
        ("bilans:annonce_ajouter", "GET", COORDINATION, 200),
        ("bilans:annonce_ajouter", "POST", COORDINATION, 422),
    ),
    *lignes(
        "annonce",
        ("bilans:annonce", "GET", COORDINATION, 200),
        ("bilans:annonce", "POST", COORDINATION, 422),
        ("bilans:annonce_corriger", "GET", COORDINATION, 200),
        ("bilans:annonce_corriger", "POST", COORDINATION, 422),
        ("bilans:annonce_retirer", "GET", COORDINATION, 200),
        ("bilans:annonce_retirer", "POST", COORDINATION, 303),
    ),
]
