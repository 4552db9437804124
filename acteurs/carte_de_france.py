"""La France par département : métropole et Corse à leur place, cinq cartouches au-dessous."""

from dataclasses import dataclass
from functools import cache

from acteurs.contours import Contour, cadrer, contours
from acteurs.projections import METROPOLE

LARGEUR, HAUTEUR = 620.0, 690.0
HAUT_CARTOUCHES, COTE, ECART = 596.0, 116.0, 10.0
MARGE, PLACE_DU_NOM = 8.0, 20.0
OUTRE_MER = {
    "971": "Guadeloupe",
    "972": "Martinique",
    "973": "Guyane",
    "974": "La Réunion",
    "976": "Mayotte",
}


@dataclass(frozen=True, slots=True)
class Cartouche:
    """Rectangle d'un département d'outre-mer, à une autre échelle ; son nom va en bas."""

    departement: str
    nom: str
    x: float
    y: float
    largeur: float
    hauteur: float


@dataclass(frozen=True, slots=True)
class CarteDeFrance:
    """`chemins` : attribut `d` de chacun des 101 départements, par code."""

    largeur: float
    hauteur: float
    chemins: dict[str, str]
    cartouches: tuple[Cartouche, ...]


@cache
def carte_de_france() -> CarteDeFrance:
    departements = contours("departements")
    metropole = {c: f for c, f in departements.items() if f.plan == METROPOLE}
    cadrage = cadrer(metropole.values(), LARGEUR, HAUT_CARTOUCHES - ECART)
    cartouches = tuple(_cartouche(rang, code) for rang, code in enumerate(OUTRE_MER))
    lointains = {c.departement: _dans(c, departements[c.departement]) for c in cartouches}
    return CarteDeFrance(
        largeur=LARGEUR,
        hauteur=HAUTEUR,
        chemins={code: cadrage.chemin(forme) for code, forme in metropole.items()} | lointains,
        cartouches=cartouches,
    )


def _cartouche(rang: int, code: str) -> Cartouche:
    x = rang * (COTE + ECART)
    return Cartouche(code, OUTRE_MER[code], x, HAUT_CARTOUCHES, COTE, HAUTEUR - HAUT_CARTOUCHES)


def _dans(cartouche: Cartouche, forme: Contour) -> str:
    cadrage = cadrer(
        [forme],
        cartouche.largeur - 2 * MARGE,
        cartouche.hauteur - MARGE - PLACE_DU_NOM,
        gauche=cartouche.x + MARGE,
        haut=cartouche.y + MARGE,
    )
    return cadrage.chemin(forme)
