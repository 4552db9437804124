"""Les nombres comme on les tape en France : « 1 234,5 », « 12,3 % », « 1.234,5 »."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from acteurs.models.contexte import CHIFFRES, DECIMALES
from cls_platform.socle.tableur.feuille import Valeur
from cls_platform.socle.tableur.remarques import ValeurRefusee
from cls_platform.socle.tableur.table import est_une_erreur_de_formule, montrer

_ESPACES = re.compile(r"[\s\u00a0\u202f']")
_MILLIERS_A_POINTS = re.compile(r"^[+-]?\d{1,3}(\.\d{3})+,\d+$")
_NOMBRE = re.compile(r"^[+-]?\d+([.,]\d+)?$")
PLUS_PETITE_PART = Decimal(1).scaleb(-DECIMALES)
ENTIERS_MAX = Decimal(10) ** (CHIFFRES - DECIMALES)


def lire_nombre(valeur: Valeur) -> Decimal | None:
    """None pour une cellule vide. Lève ValeurRefusee."""
    if valeur is None or valeur == "":
        return None
    if isinstance(valeur, bool | date):
        raise ValeurRefusee(
            "Ce n’est pas un nombre. Un tableur lit parfois « 1.2 » comme une date : mettez la "
            "colonne au format texte."
        )
    if isinstance(valeur, int | float):
        return _borne(Decimal(str(valeur)))
    return _borne(_de_texte(valeur))


def _de_texte(texte: str) -> Decimal:
    if est_une_erreur_de_formule(texte):
        raise ValeurRefusee("C’est une erreur de formule. Écrivez la valeur elle-même.")
    nu = _ESPACES.sub("", texte).removesuffix("%")
    if _MILLIERS_A_POINTS.match(nu):
        nu = nu.replace(".", "")
    if not nu.isascii() or not _NOMBRE.match(nu):
        raise ValeurRefusee("Ce n’est pas un nombre. Écrivez par exemple 1 234,5.")
    return Decimal(nu.replace(",", "."))


def _borne(nombre: Decimal) -> Decimal:
    if not nombre.is_finite():
        raise ValeurRefusee("Ce n’est pas un nombre. Écrivez par exemple 1 234,5.")
    try:
        arrondi = nombre.quantize(PLUS_PETITE_PART)
    except InvalidOperation as erreur:
        raise ValeurRefusee("Ce nombre est impossible : il est trop grand.") from erreur
    if abs(arrondi) >= ENTIERS_MAX:
        raise ValeurRefusee("Ce nombre est impossible : il est trop grand.")
    return arrondi


def lire_effectif(valeur: Valeur) -> int | None:
    """Un nombre entier, positif ou nul. Lève ValeurRefusee."""
    nombre = lire_nombre(valeur)
    if nombre is None:
        return None
    if nombre != nombre.to_integral_value() or not 0 <= nombre < 2**31:
        raise ValeurRefusee("Un effectif est un nombre entier, positif ou nul.")
    return int(nombre)


def lire_annee(valeur: Valeur, derniere: int) -> int | None:
    """Lève ValeurRefusee hors de 1990 à `derniere`."""
    texte = montrer(valeur)
    if not texte:
        return None
    annee = int(texte) if texte.isascii() and texte.isdigit() and len(texte) == 4 else 0
    if not 1990 <= annee <= derniere:
        raise ValeurRefusee(f"Une année s’écrit en quatre chiffres, de 1990 à {derniere}.")
    return annee
