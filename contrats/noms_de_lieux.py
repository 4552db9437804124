"""« de la Bretagne », « du Finistère », « de l’Ain » : l’article d’un territoire, par son code."""

from cls_platform.socle import typographie
from contrats.couverture import Niveau

_REGIONS = {
    "de la ": "01 02 03 27 28 53 75 93 94 987 988",
    "du ": "24 44",
    "des ": "32 52 984",
    "de l’": "11 76 84 989",
}
_DEPARTEMENTS = {
    "de la ": (
        "16 17 19 21 23 24 26 2A 2B 31 33 42 43 44 48 50 51 52 53 55 57 58 70 72 73 74 76 80 85 "
        "86 87 93 971 972 973 987 988"
    ),
    "du ": "14 15 18 25 29 30 32 39 41 45 46 47 56 59 62 63 67 68 69 81 82 83 84 90 94 95",
    "des ": "04 05 06 08 13 22 40 64 65 66 78 79 88 92 984",
    "de l’": "01 02 03 07 09 10 11 12 27 34 36 38 60 61 89 91 989",
    "d’": "28 35 37",
}
ARTICLES = {
    Niveau.REGION: {c: article for article, codes in _REGIONS.items() for c in codes.split()},
    Niveau.DEPARTEMENT: {
        c: article for article, codes in _DEPARTEMENTS.items() for c in codes.split()
    },
}


def complement(niveau: str, code: str, nom: str) -> str:
    """Le nom, précédé de « de » et de son article ; « de » seul pour un code inconnu."""
    if niveau == Niveau.FRANCE:
        return "de la France"
    article = ARTICLES.get(Niveau(niveau), {}).get(code, "de ")
    return f"{article}{typographie.typographier(nom)}"
