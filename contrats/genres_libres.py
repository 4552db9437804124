"""Les valeurs des champs d’un contrat : comment chaque genre se lit et s’écrit."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from cls_platform.socle import typographie
from contrats.models.champ_libre import GenreChamp

LONGUEUR_MAX = 5000


class ValeurIllisible(ValueError):
    """La phrase dit ce qui ne va pas et quoi écrire."""


def en_texte(genre: str, valeur: Any, choix: Collection[str] = ()) -> str:
    """La valeur comme la base la garde ; vide si elle manque. Lève ValeurIllisible."""
    if valeur is None or (texte := str(valeur).strip()) == "":
        return ""
    return _LECTURES[GenreChamp(genre)](texte, choix)


def _texte(texte: str, choix: Collection[str]) -> str:
    if len(texte) > LONGUEUR_MAX:
        raise ValeurIllisible(f"Ce texte dépasse {LONGUEUR_MAX} caractères. Raccourcissez-le.")
    if "\x00" in texte:
        raise ValeurIllisible("Ce texte contient un caractère illisible. Retapez-le.")
    return texte


def _nombre(texte: str, choix: Collection[str]) -> str:
    net = texte.replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace(",", ".")
    try:
        nombre = Decimal(net)
    except InvalidOperation:
        nombre = Decimal("NaN")
    if not nombre.is_finite() or abs(nombre) >= Decimal(10) ** 15:
        raise ValeurIllisible("Ce n’est pas un nombre. Écrivez par exemple 12,5.")
    return f"{nombre.normalize():f}"


def _choix(texte: str, choix: Collection[str]) -> str:
    if texte not in choix:
        raise ValeurIllisible(f"Choisissez parmi : {', '.join(choix)}.")
    return texte


def _date(texte: str, choix: Collection[str]) -> str:
    try:
        return date.fromisoformat(texte).isoformat()
    except ValueError as erreur:
        raise ValeurIllisible("Écrivez une date comme 2026-02-28.") from erreur


_LECTURES = {
    GenreChamp.TEXTE: _texte,
    GenreChamp.NOMBRE: _nombre,
    GenreChamp.CHOIX: _choix,
    GenreChamp.DATE: _date,
}


def en_mots(genre: str, valeur: str) -> str:
    """La valeur gardée, comme on la lit : « 12,5 », « 28 février 2026 »."""
    if not valeur:
        return ""
    if genre == GenreChamp.NOMBRE:
        return valeur.replace(".", ",")
    if genre == GenreChamp.DATE:
        jour = date.fromisoformat(valeur)
        return f"{jour.day} {typographie.MOIS[jour.month - 1]} {jour.year}"
    return valeur
