"""Les couleurs d’un contrat : celles qu’il a choisies, et ce qui doit rester lisible.

Contrastes : WCAG 2.2, critères 1.4.3 (texte, 4,5) et 1.4.11 (formes, 3).
"""

import math
import re
from dataclasses import dataclass

from bilans import palette
from bilans.instantane import Apparence
from cls_platform.socle.theme import contraste

TEXTE, FORME = 4.5, 3.0
BLANC = "#ffffff"
_HEXADECIMAL = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Charte:
    """`fond` porte du texte blanc, `accent` du texte `sur_accent` ; `onde` dessine sur le fond."""

    fond: str
    accent: str
    sur_accent: str
    onde: str

    @property
    def style(self) -> str:
        """Les variables de la feuille de style, dans un attribut."""
        return f"--nuit:{self.fond};--soleil:{self.accent};--sur-soleil:{self.sur_accent}"


def charte(apparence: Apparence) -> Charte:
    """Une couleur vide, mal écrite ou illisible laisse la place à celle de la plateforme."""
    fond, accent = apparence.couleur_fond.lower(), apparence.couleur_accent.lower()
    if defauts(fond, accent):
        fond = accent = ""
    fond, accent = fond or palette.NUIT, accent or palette.SOLEIL
    onde = palette.ONDE if fond == palette.NUIT else melange(fond, BLANC, 0.55)
    return Charte(fond, accent, dessus(accent), onde)


def dessus(accent: str) -> str:
    """La couleur du texte posé sur l’accent : l’encre ou le blanc, le plus lisible."""
    return max((palette.ENCRE, BLANC), key=lambda texte: contraste(texte, accent))


def melange(une: str, autre: str, part: float) -> str:
    """`part` de l’autre couleur, de 0 à 1."""
    paires = zip(_composantes(une), _composantes(autre), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in paires)


def _composantes(couleur: str) -> list[int]:
    return [int(couleur[rang : rang + 2], 16) for rang in (1, 3, 5)]


def defauts(fond: str, accent: str) -> dict[str, str]:
    """Par champ, pourquoi cette couleur ne se lira pas ; vide si tout se lit.

    Une couleur vide est celle de la plateforme.
    """
    mal_ecrites = {
        champ: f"« {valeur} » n’est pas une couleur. Écrivez par exemple #0d3440."
        for champ, valeur in (("couleur_fond", fond), ("couleur_accent", accent))
        if valeur and not _HEXADECIMAL.fullmatch(valeur)
    }
    return mal_ecrites or _illisibles(fond or palette.NUIT, accent or palette.SOLEIL)


def _illisibles(fond: str, accent: str) -> dict[str, str]:
    trouves: dict[str, str] = {}
    sur_fond, sur_accent = contraste(BLANC, fond), contraste(dessus(accent), accent)
    entre = contraste(fond, accent)
    if sur_fond < TEXTE:
        trouves["couleur_fond"] = (
            f"Le texte blanc ne se lit pas sur {fond} : contraste {lu(sur_fond)}, il faut 4,5. "
            "Choisissez une couleur plus foncée."
        )
    if sur_accent < TEXTE:
        trouves["couleur_accent"] = (
            f"Aucun texte ne se lit sur {accent} : contraste {lu(sur_accent)}, il faut 4,5. "
            "Choisissez une couleur plus claire ou plus foncée."
        )
    elif entre < FORME:
        trouves["couleur_accent"] = (
            f"{accent} se distingue mal de la couverture {fond} : contraste {lu(entre)}, "
            "il faut 3. Éloignez les deux couleurs."
        )
    return trouves


def lu(rapport: float) -> str:
    """Un contraste, arrondi vers le bas : « 1,6 »."""
    return f"{math.floor(rapport * 10) / 10:.1f}".replace(".", ",")
