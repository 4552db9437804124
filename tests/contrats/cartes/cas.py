"""De quoi demander une carte et la lire."""

from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

from contrats.carte_couverture import CarteTerritoire, Demande, carte_couverture
from contrats.couverture_place import place

LE = date(2025, 6, 1)
SVG = "{http://www.w3.org/2000/svg}"


def demande(niveau: str, code: str = "", **champs: Any) -> Demande:
    return Demande.de(place(niveau, code), **{"le": LE, **champs})


def carte(niveau: str, code: str = "", **champs: Any) -> CarteTerritoire:
    return carte_couverture(demande(niveau, code, **champs))


def lire(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314  (image produite par le code testé)


def titres(svg: str) -> list[str]:
    """Le nom de chaque territoire dessiné, dans l’ordre."""
    return [str(lien.findtext("title")) for lien in lire(svg).iter("a")]
