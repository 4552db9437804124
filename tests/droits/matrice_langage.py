"""Le langage clair : qui suit le contrat lit ; la coordination tranche et remplace."""

from tests.droits.lignes import COORDINATION, SUIVENT, VIDE, Ligne, lignes

EDITO = {"code": "EDITO"}
# Le texte du lieu emploie ce sigle, et il est déjà tranché
ZYX = {"sigle": "ZYX"}

LANGAGE: list[Ligne] = lignes(
    "bilan",
    ("bilans:langage", "GET", SUIVENT, 200),
    ("bilans:langage_section", "GET", COORDINATION, 200, VIDE, EDITO),
    ("bilans:langage_section", "POST", COORDINATION, 200, {"texte": "Un essai."}, EDITO),
    ("bilans:langage_sigle", "GET", SUIVENT, 302, VIDE, ZYX),
    ("bilans:langage_sigle", "POST", COORDINATION, 422, VIDE, ZYX),
    ("bilans:langage_rouvrir", "POST", COORDINATION, 303, VIDE, ZYX),
    ("bilans:langage_remplacer", "POST", COORDINATION, 422, VIDE, EDITO),
)
