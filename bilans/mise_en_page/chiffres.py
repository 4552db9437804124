"""« L’année en chiffres » : un chiffre vedette et quatre autres."""

from dataclasses import dataclass
from typing import Any

from bilans.instantane import ChiffreCle
from bilans.mise_en_page.mesures import MM, POINT
from bilans.mise_en_page.mots_ecrits import typo
from cls_platform.socle.svg import metriques


@dataclass(frozen=True, slots=True)
class VueChiffre:
    valeur: str
    style: str
    intitule: str
    phrase: str
    source: str


def chiffres(lus: tuple[ChiffreCle, ...]) -> dict[str, Any] | None:
    """Un chiffre vedette et quatre autres, deux par rang."""
    if not lus:
        return None
    autres = [chiffre(c, (48, 34, 24)) for c in lus[1:5]]
    return {
        "vedette": chiffre(lus[0], (132, 84, 52, 34)),
        "rangs": [autres[rang : rang + 2] for rang in range(0, len(autres), 2)],
    }


def chiffre(lu: ChiffreCle, tailles: tuple[int, ...], large: float = 82.0) -> VueChiffre:
    """La plus grande taille (pt) où la valeur tient sur une ligne de `large` millimètres."""
    valeur = typo(lu.valeur)
    tenues = (p for p in tailles if metriques.largeur(valeur, p * POINT, 800) <= large * MM)
    taille = next(tenues, tailles[-1])
    style = "" if taille == tailles[0] else f"font-size:{taille}pt;letter-spacing:0"
    source = f"Source : {lu.source}." if lu.source else ""
    return VueChiffre(valeur, style, typo(lu.intitule), typo(lu.phrase), typo(source))
