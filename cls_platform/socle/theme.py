"""L’accent de l’opérateur et tout ce qui en dérive, calculé une fois.

Les dérivées gardent la teinte de l’accent ; leur clarté (OKLCH) est fixée ici, si bien que
les contrastes mesurés avec l’accent d’origine tiennent avec tout accent admis.
Contrastes : WCAG 2.2, définition de la luminance relative.
"""

from __future__ import annotations

import colorsys
import hashlib
import math
import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

PAPIER = "#faf8f6"
CONTRASTE_MINIMAL = 7.0
ECART_TEINTE_MINIMAL = 30.0
SATURATION_GRISE = 0.12
TEINTES_D_ETAT = {
    "information": "#1d4f91",
    "succès": "#1c6a41",
    "attention": "#8a4600",
    "danger": "#a51d2d",
}
_HEXADECIMAL = re.compile(r"#[0-9a-fA-F]{6}")


class Oklch(NamedTuple):
    """Clarté 0–1, intensité (environ 0–0,37), teinte en radians."""

    clarte: float
    intensite: float
    teinte: float


@dataclass(frozen=True, slots=True)
class Palette:
    """Couleurs en `#rrggbb` ; la rampe va du clair au foncé (cartes, graphiques)."""

    accent: str
    fonce: str
    vif: str
    moyen: str
    pale: str
    sur_moyen: str
    rampe: tuple[str, str, str, str, str]


def contraste(premiere: str, seconde: str) -> float:
    """Rapport de contraste WCAG, de 1 à 21."""
    claire, sombre = sorted((_luminance(premiere), _luminance(seconde)), reverse=True)
    return (claire + 0.05) / (sombre + 0.05)


def defauts(accent: str) -> list[str]:
    """Les raisons de refuser cet accent, en phrases ; liste vide s’il convient."""
    if not _HEXADECIMAL.fullmatch(accent):
        return [f"« {accent} » n’est pas une couleur. Écrivez par exemple #6b2a58."]
    return [*_defaut_de_contraste(accent), *_defauts_de_teinte(accent)]


@cache
def palette(accent: str) -> Palette:
    """Toutes les couleurs dérivées d’un accent valide."""
    base = _vers_oklch(accent)
    return Palette(
        accent=accent.lower(),
        fonce=_derivee(base, max(base.clarte - 0.06, 0.0), 0.8),
        vif=_derivee(base, base.clarte + 0.082, 1.18),
        moyen=_derivee(base, 0.863, 0.335),
        pale=_derivee(base, 0.96, 0.098),
        sur_moyen=_derivee(base, 0.306, 0.77),
        rampe=(
            _derivee(base, 0.937, 0.16),
            _derivee(base, 0.823, 0.458),
            _derivee(base, 0.667, 0.83),
            _derivee(base, 0.503, 1.075),
            _derivee(base, 0.342, 0.9),
        ),
    )


@cache
def feuille(accent: str) -> str:
    """La feuille de style qui donne leur valeur aux jetons dérivés de l’accent."""
    couleurs = palette(accent)
    jetons = {
        "accent": couleurs.accent,
        "accent-fonce": couleurs.fonce,
        "accent-vif": couleurs.vif,
        "accent-moyen": couleurs.moyen,
        "accent-pale": couleurs.pale,
        "sur-accent-moyen": couleurs.sur_moyen,
        **{f"rampe-{rang}": couleur for rang, couleur in enumerate(couleurs.rampe, start=1)},
    }
    lignes = "".join(f"--{nom}:{valeur};" for nom, valeur in jetons.items())
    return f"@layer jetons{{:root{{{lignes}}}}}\n"


@cache
def empreinte(accent: str) -> str:
    """Change avec la feuille : son adresse peut être gardée un an par les navigateurs."""
    return hashlib.sha256(feuille(accent).encode()).hexdigest()[:10]


def _defaut_de_contraste(accent: str) -> list[str]:
    rapport = contraste(accent, PAPIER)
    if rapport >= CONTRASTE_MINIMAL:
        return []
    lu = f"{math.floor(rapport * 10) / 10:.1f}".replace(".", ",")
    return [f"{accent} est trop clair : {lu}:1 sur le papier, il faut au moins 7:1."]


def _defauts_de_teinte(accent: str) -> list[str]:
    if _saturation(accent) < SATURATION_GRISE:
        return []
    return [
        f"{accent} se confond avec la couleur de l’état « {nom} » : choisissez une teinte "
        "éloignée d’au moins 30 degrés."
        for nom, couleur in TEINTES_D_ETAT.items()
        if _ecart_de_teinte(accent, couleur) < ECART_TEINTE_MINIMAL
    ]


def _ecart_de_teinte(premiere: str, seconde: str) -> float:
    ecart = abs(_teinte(premiere) - _teinte(seconde)) % 360
    return min(ecart, 360 - ecart)


def _teinte(couleur: str) -> float:
    """Angle sur le cercle chromatique (TSL), en degrés."""
    return colorsys.rgb_to_hls(*_composantes(couleur))[0] * 360


def _saturation(couleur: str) -> float:
    return colorsys.rgb_to_hls(*_composantes(couleur))[2]


def _composantes(couleur: str) -> tuple[float, float, float]:
    rouge, vert, bleu = (int(couleur[rang : rang + 2], 16) / 255 for rang in (1, 3, 5))
    return rouge, vert, bleu


def _lineaires(couleur: str) -> tuple[float, float, float]:
    rouge, vert, bleu = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _composantes(couleur)
    )
    return rouge, vert, bleu


def _luminance(couleur: str) -> float:
    rouge, vert, bleu = _lineaires(couleur)
    return 0.2126 * rouge + 0.7152 * vert + 0.0722 * bleu


def _vers_oklch(couleur: str) -> Oklch:
    """Passage par Oklab (Ottosson, 2020)."""
    rouge, vert, bleu = _lineaires(couleur)
    long = (0.4122214708 * rouge + 0.5363325363 * vert + 0.0514459929 * bleu) ** (1 / 3)
    moyen = (0.2119034982 * rouge + 0.6806995451 * vert + 0.1073969566 * bleu) ** (1 / 3)
    court = (0.0883024619 * rouge + 0.2817188376 * vert + 0.6299787005 * bleu) ** (1 / 3)
    a = 1.9779984951 * long - 2.4285922050 * moyen + 0.4505937099 * court
    b = 0.0259040371 * long + 0.7827717662 * moyen - 0.8086757660 * court
    clarte = 0.2104542553 * long + 0.7936177850 * moyen - 0.0040720468 * court
    return Oklch(clarte, math.hypot(a, b), math.atan2(b, a))


def _derivee(base: Oklch, clarte: float, part_d_intensite: float) -> str:
    """Même teinte, autre clarté ; l’intensité baisse jusqu’à tenir dans l’écran."""
    intensite = base.intensite * part_d_intensite
    for _ in range(40):
        composantes = _depuis_oklch(Oklch(clarte, intensite, base.teinte))
        if all(-0.0005 <= c <= 1.0005 for c in composantes):
            break
        intensite *= 0.95
    return "#" + "".join(f"{round(_vers_srgb(c) * 255):02x}" for c in composantes)


def _depuis_oklch(couleur: Oklch) -> tuple[float, float, float]:
    a = couleur.intensite * math.cos(couleur.teinte)
    b = couleur.intensite * math.sin(couleur.teinte)
    long = (couleur.clarte + 0.3963377774 * a + 0.2158037573 * b) ** 3
    moyen = (couleur.clarte - 0.1055613458 * a - 0.0638541728 * b) ** 3
    court = (couleur.clarte - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * moyen + 0.2309699292 * court,
        -1.2684380046 * long + 2.6097574011 * moyen - 0.3413193965 * court,
        -0.0041960863 * long - 0.7034186147 * moyen + 1.7076147010 * court,
    )


def _vers_srgb(lineaire: float) -> float:
    borne = min(max(lineaire, 0.0), 1.0)
    return 12.92 * borne if borne <= 0.0031308 else 1.055 * borne ** (1 / 2.4) - 0.055
