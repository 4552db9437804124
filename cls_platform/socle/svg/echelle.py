"""Passage des valeurs aux pixels. Jamais de division par zéro : une étendue nulle vaut un."""

import math
from dataclasses import dataclass

MINIMUM, MAXIMUM = 3, 5


@dataclass(frozen=True)
class Echelle:
    """Application affine de [de, a] vers [debut, fin]."""

    de: float
    a: float
    debut: float
    fin: float

    def __call__(self, valeur: float) -> float:
        etendue = (self.a - self.de) or 1.0
        return self.debut + (valeur - self.de) / etendue * (self.fin - self.debut)


def bornes(valeurs: list[float], *, zero: bool) -> tuple[float, float]:
    """Plus petite et plus grande valeur à montrer ; `zero` oblige à partir de zéro."""
    if not valeurs:
        return 0.0, 1.0
    bas, haut = min(valeurs), max(valeurs)
    if zero:
        bas, haut = min(bas, 0.0), max(haut, 0.0)
    elif bas != haut:
        marge = (haut - bas) * 0.15
        bas, haut = bas - marge, haut + marge
    if bas == haut:
        return (bas - 1.0, haut + 1.0) if bas and not zero else (0.0, 1.0)
    return bas, haut


def graduations(bas: float, haut: float, nombre: int = 4) -> list[float]:
    """Au plus `nombre` + 1 valeurs rondes (1, 2 ou 5 × 10ⁿ) entre les bornes."""
    pas_brut = (haut - bas) / nombre
    if pas_brut <= 0 or not math.isfinite(pas_brut):
        return []
    ordre = 10.0 ** math.floor(math.log10(pas_brut))
    pas = next(c * ordre for c in (1, 2, 5, 10) if c * ordre >= pas_brut * 0.999)
    return _multiples(bas, haut, pas)


def graduations_lisibles(bas: float, haut: float, *, pas_minimal: float = 0.0) -> list[float]:
    """De trois à cinq valeurs rondes entre les bornes ; moins si le pas minimal l’impose.

    Le pas est 1, 2 ou 5 × 10ⁿ, et 2,5 × 10ⁿ quand aucun de ceux-là n’en donne assez.
    """
    etendue = haut - bas
    if etendue <= 0 or not math.isfinite(etendue):
        return []
    ordre = math.floor(math.log10(etendue))
    for chiffres in ((1.0, 2.0, 5.0), (2.5,)):
        for pas in (c * 10.0**n for n in (ordre - 1, ordre) for c in chiffres):
            valeurs = _multiples(bas, haut, max(pas, pas_minimal))
            if MINIMUM <= len(valeurs) <= MAXIMUM:
                return valeurs
    return _multiples(bas, haut, max(10.0**ordre, pas_minimal))[:MAXIMUM]


def _multiples(bas: float, haut: float, pas: float) -> list[float]:
    premier, dernier = math.ceil(bas / pas - 1e-9), math.floor(haut / pas + 1e-9)
    return [round(rang * pas, 10) for rang in range(premier, dernier + 1)]
