"""Lire un nombre tapé à la française ; dire ce qui ne va pas. Aucun accès à la base."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

ESPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
NOMBRE = re.compile(r"^-?\d+(,\d+)?$")
CONFUSIONS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "S": "5"})
MAXIMUM = Decimal("9999999999.9999")
DECIMALES = 4
FIN = Decimal(1).scaleb(-DECIMALES)


class NombreIllisible(ValueError):
    """La phrase à montrer sous la case ; `proposition` : ce que l’on a sans doute voulu écrire."""

    def __init__(self, phrase: str, proposition: str = "") -> None:
        super().__init__(phrase)
        self.proposition = proposition


def lire_nombre(texte: str) -> Decimal | None:
    """« 1 234,5 » donne 1234.5 ; une case vide donne None. Le point décimal est accepté.

    Lève NombreIllisible, avec une proposition quand une lettre ressemble à un chiffre.
    """
    compact = ESPACES.sub("", texte).replace("−", "-").removesuffix("%")
    if not compact:
        return None
    compact = compact.replace(".", ",") if compact.count(".") == 1 else compact
    if not NOMBRE.match(compact):
        raise _illisible(texte.strip(), compact)
    try:
        nombre = Decimal(compact.replace(",", "."))
    except InvalidOperation as erreur:
        raise _illisible(texte.strip(), compact) from erreur
    if abs(nombre) > MAXIMUM:
        raise NombreIllisible("Ce nombre est trop grand : dix chiffres au plus avant la virgule.")
    return nombre


def lire_nombre_garde(texte: str) -> Decimal | None:
    """Le même, avec les décimales que la plateforme garde. Lève NombreIllisible au-delà."""
    nombre = lire_nombre(texte)
    if nombre is not None and nombre != nombre.quantize(FIN):
        arrondi = ecrire_nombre(nombre.quantize(FIN, ROUND_HALF_UP))
        raise NombreIllisible(
            f"Quatre décimales au plus. Vouliez-vous écrire {arrondi}\u202f?", arrondi
        )
    return nombre


def ecrire_nombre(nombre: Decimal) -> str:
    """L’écriture exacte que `lire_nombre` relit : « 1 234,5 », milliers en espaces fines."""
    entier, _, decimales = f"{nombre.normalize():f}".partition(".")
    signe, chiffres = ("-", entier[1:]) if entier.startswith("-") else ("", entier)
    milliers = f"{int(chiffres):,}".replace(",", "\u202f")
    return f"{signe}{milliers},{decimales}" if decimales else f"{signe}{milliers}"


def _illisible(tape: str, compact: str) -> NombreIllisible:
    montre = f"«\u00a0{tape[:60]}\u00a0»"
    corrige = compact.translate(CONFUSIONS)
    if NOMBRE.match(corrige):
        phrase = f"{montre} contient une lettre. Vouliez-vous écrire {corrige}\u202f?"
        return NombreIllisible(phrase, corrige)
    if re.fullmatch(r"-?[\d,.]+", compact):
        return NombreIllisible(
            f"{montre} a plusieurs séparateurs décimaux. Écrivez par exemple 1 234,5."
        )
    return NombreIllisible(f"{montre} n’est pas un nombre. Écrivez par exemple 1 234,5.")
