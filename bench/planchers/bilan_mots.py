"""Nombres, dates et énumérations du plancher Typst : du code à lui, pour les mêmes mots."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

MOIS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
        "octobre", "novembre", "décembre")  # fmt: skip
RANGS = ("Premier", "Deuxième", "Troisième", "Quatrième", "Cinquième", "Sixième", "Septième")


def nombre(valeur: Any) -> str:
    """Espace fine entre les milliers, virgule."""
    exact = Decimal(str(valeur)).normalize()
    ecrit = f"{exact:,f}" if exact != exact.to_integral() else f"{int(exact):,}"
    return ecrit.replace(",", "\u202f").replace(".", ",")


def euros(valeur: Any) -> str:
    return f"{nombre(valeur)}\u00a0€"


def jour(lu: Any) -> str:
    quand = date.fromisoformat(str(lu))
    numero = "1er" if quand.day == 1 else quand.day
    return f"{numero} {MOIS[quand.month - 1]} {quand.year}"


def enumerer(noms: Sequence[str], maximum: int) -> str:
    """« a, b et 4 autres »."""
    if len(noms) > maximum:
        return f"{', '.join(noms[: maximum - 1])} et {nombre(len(noms) - maximum + 1)} autres"
    return " et ".join([", ".join(noms[:-1]), noms[-1]]) if len(noms) > 1 else "".join(noms)
