"""La France par département : métropole et Corse à leur place, l'outre-mer et la petite couronne en
cartouches.

À cette échelle, Paris et ses trois voisins tiennent en huit pixels : ils se lisent et se
choisissent dans leur cartouche, et gardent leur place, réduits, sur la carte.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from acteurs.contours import Cadrage, Contour, Point, cadrer, contours, reperes
from acteurs.fonds import centre, ordre_de_lecture
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
PETITE_COURONNE = ("75", "92", "93", "94")


@dataclass(frozen=True, slots=True)
class Cartouche:
    """Rectangle de départements à une autre échelle ; son nom va en bas."""

    departements: tuple[str, ...]
    nom: str
    x: float
    y: float
    largeur: float
    hauteur: float


@dataclass(frozen=True, slots=True)
class CarteDeFrance:
    """`chemins` : attribut `d` de chacun des 101 départements, dans l'ordre où on lit la carte, les
    cartouches à la fin. `reduits` : ceux de la petite couronne, à leur place."""

    largeur: float
    hauteur: float
    chemins: dict[str, str]
    reduits: dict[str, str]
    cartouches: tuple[Cartouche, ...]
    cadrage: Cadrage

    def villes(self, codes: Iterable[str]) -> dict[str, Point]:
        """Où écrire le nom de ces communes ; celles de l'outre-mer sont absentes."""
        connus = reperes()
        en_metropole = [c for c in codes if c in connus and connus[c][0] == METROPOLE]
        return {code: self.cadrage.placer(connus[code][1]) for code in en_metropole}


@cache
def carte_de_france() -> CarteDeFrance:
    departements = contours("departements")
    metropole = {c: f for c, f in departements.items() if f.plan == METROPOLE}
    cadrage = cadrer(metropole.values(), LARGEUR, HAUT_CARTOUCHES - ECART)
    places = {code: cadrage.placer(centre(forme)) for code, forme in metropole.items()}
    en_place = {code: cadrage.chemin(metropole[code]) for code in ordre_de_lecture(places, HAUTEUR)}
    cartouches = (
        Cartouche(PETITE_COURONNE, "Petite couronne", 0, 0, COTE, HAUTEUR - HAUT_CARTOUCHES),
        *(_outre_mer(rang, code) for rang, code in enumerate(OUTRE_MER)),
    )
    agrandis = {
        code: chemin
        for cartouche in cartouches
        for code, chemin in _dans(cartouche, departements).items()
    }
    return CarteDeFrance(
        largeur=LARGEUR,
        hauteur=HAUTEUR,
        chemins={c: d for c, d in en_place.items() if c not in agrandis} | agrandis,
        reduits={code: en_place[code] for code in PETITE_COURONNE},
        cartouches=cartouches,
        cadrage=cadrage,
    )


def _outre_mer(rang: int, code: str) -> Cartouche:
    x = rang * (COTE + ECART)
    return Cartouche((code,), OUTRE_MER[code], x, HAUT_CARTOUCHES, COTE, HAUTEUR - HAUT_CARTOUCHES)


def _dans(cartouche: Cartouche, departements: Mapping[str, Contour]) -> dict[str, str]:
    formes = {code: departements[code] for code in cartouche.departements}
    cadrage = cadrer(
        formes.values(),
        cartouche.largeur - 2 * MARGE,
        cartouche.hauteur - MARGE - PLACE_DU_NOM,
        gauche=cartouche.x + MARGE,
        haut=cartouche.y + MARGE,
    )
    return {code: cadrage.chemin(forme) for code, forme in formes.items()}
