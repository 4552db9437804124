"""Les couleurs et les logos d’un contrat : la coordination seule."""

from tests.droits.lignes import COORDINATION, Ligne, lignes

CHARTE: list[Ligne] = [
    *lignes(
        "contrat",
        ("bilans:charte", "GET", COORDINATION, 200),
        ("bilans:charte", "POST", COORDINATION, 422),
        ("bilans:logo_ajouter", "POST", COORDINATION, 422),
    ),
    *lignes(
        "logo",
        ("bilans:logo_place", "POST", COORDINATION, 303, {"rang": 1}),
        ("bilans:logo_retirer", "GET", COORDINATION, 200),
        ("bilans:logo_retirer", "POST", COORDINATION, 303),
    ),
]
