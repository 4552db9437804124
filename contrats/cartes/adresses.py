"""Où mène chaque territoire d’une carte : un niveau plus bas.

Un établissement public territorial n’a pas de page : il mène à la Métropole du Grand Paris.
"""

from functools import cache

from django.urls import reverse

from acteurs.mailles import METROPOLE_DU_GRAND_PARIS

# Nature du territoire : la page qui le détaille, et un code de la même forme
PAGES = {
    "departement": ("contrats:couverture_departement", "00"),
    "epci": ("contrats:couverture_epci", "000000000"),
    "commune": ("contrats:couverture_commune", "00000"),
}


def adresse_du_territoire(nature: str, code: str, suite: str = "") -> str:
    """`reverse` une fois par nature : une carte a jusqu’à 890 liens. `suite` : « ?date=… »."""
    if nature == "ept":
        nature, code = "epci", METROPOLE_DU_GRAND_PARIS
    debut, fin = _modele(nature)
    return f"{debut}{code}{fin}{suite}"


@cache
def _modele(nature: str) -> tuple[str, str]:
    page, exemple = PAGES[nature]
    debut, _, fin = reverse(page, args=[exemple]).rpartition(exemple)
    return debut, fin
