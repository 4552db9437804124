"""Lire un nombre tapé à la française ; dire ce qui ne va pas. Aucun accès à la base."""

import re
from decimal import Decimal, InvalidOperation

ESPACES = re.compile(r"[\s\u00a0\u202f]+")
NOMBRE = re.compile(r"^-?\d+(,\d+)?$")
CONFUSIONS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "S": "5"})
MAXIMUM = Decimal("9999999999.9999")


class NombreIllisible(ValueError):
    """La phrase à montrer sous la case."""


def lire_nombre(texte: str) -> Decimal | None:
    """« 1 234,5 » donne 1234.5 ; une case vide donne None. Le point décimal est accepté.

    Lève NombreIllisible, avec une proposition quand une lettre ressemble à un chiffre.
    """
    compact = ESPACES.sub("", texte).replace("−", "-").removesuffix("%")
    if not compact:
        return None
    compact = compact.replace(".", ",") if compact.count(".") == 1 else compact
    if not NOMBRE.match(compact):
        raise NombreIllisible(_explication(texte.strip(), compact))
    try:
        nombre = Decimal(compact.replace(",", "."))
    except InvalidOperation as erreur:
        raise NombreIllisible(_explication(texte.strip(), compact)) from erreur
    if abs(nombre) > MAXIMUM:
        raise NombreIllisible("Ce nombre est trop grand : dix chiffres au plus avant la virgule.")
    return nombre


def _explication(tape: str, compact: str) -> str:
    corrige = compact.translate(CONFUSIONS)
    if NOMBRE.match(corrige):
        return f"«\u00a0{tape}\u00a0» contient une lettre. Vouliez-vous écrire {corrige}\u202f?"
    return f"«\u00a0{tape}\u00a0» n’est pas un nombre. Écrivez par exemple 1 234,5."
