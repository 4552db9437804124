"""Lire et écrire une case : un nombre ou un rapport, avec sa qualité. Aucun accès à la base.

« 1 234,5 », « 5 184 / 41 806 », « 12,4 p » (provisoire), « 540 e » (estimée), « secret », « nd ».
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from indicateurs.models import QUALITES_SANS_VALEUR, Qualite
from indicateurs.saisie import (
    FIN,
    MAXIMUM,
    NombreIllisible,
    ecrire_nombre,
    lire_nombre_garde,
)

SIGNES = {Qualite.PROVISOIRE: "p", Qualite.ESTIMEE: "e"}
MOTS_TAPES = {Qualite.SECRET_STATISTIQUE: "secret", Qualite.NON_DISPONIBLE: "nd"}
QUALITE_DU_SIGNE = {
    "p": Qualite.PROVISOIRE, "ᵖ": Qualite.PROVISOIRE, "prov": Qualite.PROVISOIRE,
    "e": Qualite.ESTIMEE, "ᵉ": Qualite.ESTIMEE, "est": Qualite.ESTIMEE,
}  # fmt: skip
QUALITE_DU_MOT = {
    "secret": Qualite.SECRET_STATISTIQUE, "s": Qualite.SECRET_STATISTIQUE,
    "ns": Qualite.SECRET_STATISTIQUE, "<5": Qualite.SECRET_STATISTIQUE,
    "moinsde5": Qualite.SECRET_STATISTIQUE,
    "nd": Qualite.NON_DISPONIBLE, "n.d.": Qualite.NON_DISPONIBLE, "na": Qualite.NON_DISPONIBLE,
    "indisponible": Qualite.NON_DISPONIBLE, "nondisponible": Qualite.NON_DISPONIBLE,
}  # fmt: skip
SIGNE = re.compile(r"^(.*\d\s*%?)\s*\(?(prov|est|p|e|ᵖ|ᵉ)\.?\)?$", re.IGNORECASE)
TIRETS = frozenset("-–—")
TIRET = (
    "Un tiret peut vouloir dire zéro ou inconnu. Écrivez 0, ou nd pour une valeur non disponible."
)
DIVISION = "On ne divise pas par zéro\u00a0: le second nombre doit être plus grand que zéro."
PAS_DE_RAPPORT = "Cet indicateur attend un seul nombre, sans barre de division."
DEUX_NOMBRES = "Écrivez les deux nombres, par exemple 5 184 / 41 806."


@dataclass(frozen=True, slots=True)
class Lue:
    """Ce qu’une case dit ; d’un rapport, `valeur` est déjà dans l’unité de l’indicateur."""

    valeur: Decimal | None
    numerateur: Decimal | None = None
    denominateur: Decimal | None = None
    qualite: str = Qualite.DEFINITIVE

    def champs(self) -> dict[str, Any]:
        return {
            "valeur": self.valeur,
            "numerateur": self.numerateur,
            "denominateur": self.denominateur,
            "qualite": self.qualite,
        }


def lire_case(texte: str, *, est_ratio: bool, multiple: int = 1) -> Lue | None:
    """None pour une case vide. `multiple` : 100 pour un rapport en %. Lève NombreIllisible."""
    texte = texte.strip()
    if not texte:
        return None
    mot = "".join(texte.lower().split())
    if mot in QUALITE_DU_MOT:
        return Lue(None, qualite=QUALITE_DU_MOT[mot])
    if mot in TIRETS:
        raise NombreIllisible(TIRET)
    nu, qualite = _sans_signe(texte)
    if "/" in nu:
        return _lire_rapport(nu, qualite, est_ratio=est_ratio, multiple=multiple)
    nombre = lire_nombre_garde(nu)
    return None if nombre is None else Lue(nombre, qualite=qualite)


def _sans_signe(texte: str) -> tuple[str, str]:
    trouve = SIGNE.match(texte)
    if trouve is None:
        return texte, Qualite.DEFINITIVE
    return trouve[1], QUALITE_DU_SIGNE[trouve[2].lower()]


def _lire_rapport(texte: str, qualite: str, *, est_ratio: bool, multiple: int) -> Lue:
    if not est_ratio:
        raise NombreIllisible(PAS_DE_RAPPORT)
    haut, barre, bas = texte.partition("/")
    numerateur, denominateur = lire_nombre_garde(haut), lire_nombre_garde(bas)
    if numerateur is None or denominateur is None or not barre:
        raise NombreIllisible(DEUX_NOMBRES)
    return Lue(quotient(numerateur, denominateur, multiple), numerateur, denominateur, qualite)


def quotient(numerateur: Decimal, denominateur: Decimal, multiple: int) -> Decimal:
    """À quatre décimales. Lève NombreIllisible : division par zéro, ou résultat trop grand."""
    if denominateur <= 0:
        raise NombreIllisible(DIVISION)
    valeur = (multiple * numerateur / denominateur).quantize(FIN)
    if abs(valeur) > MAXIMUM:
        raise NombreIllisible("Ce rapport est trop grand. Vérifiez l’ordre des deux nombres.")
    return valeur


def ecrire_case(lue: Any) -> str:
    """Ce que l’on retape pour obtenir la même chose ; `lue` : une Lue, une valeur ou une part."""
    if lue.qualite in QUALITES_SANS_VALEUR:
        return MOTS_TAPES[Qualite(lue.qualite)]
    if lue.valeur is None:
        return ""
    if lue.numerateur is not None and lue.denominateur is not None:
        ecrit = f"{ecrire_nombre(lue.numerateur)} / {ecrire_nombre(lue.denominateur)}"
    else:
        ecrit = ecrire_nombre(lue.valeur)
    signe = SIGNES.get(Qualite(lue.qualite), "")
    return f"{ecrit} {signe}" if signe else ecrit
