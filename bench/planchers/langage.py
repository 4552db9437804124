"""Plancher : chaque mot lu une fois par une expression et cherché dans un dictionnaire.

Ni places, ni phrases coupées aux abréviations, ni termes de plusieurs mots, ni propositions, ni
sigles : le produit fait davantage.
"""

import re
from collections.abc import Set
from typing import NamedTuple

MOT = re.compile(r"[^\W_]+")
FIN = re.compile(r"[.!?…\n]")
VOYELLES = re.compile(r"[aeiouyàâäéèêëîïôöùûüœ]+")


class Lu(NamedTuple):
    mots: int
    phrases: int
    syllabes: int
    connus: int


def lire(texte: str, connus: Set[str]) -> Lu:
    bas = texte.lower()
    mots = MOT.findall(bas)
    return Lu(
        len(mots),
        len(FIN.findall(bas)),
        len(VOYELLES.findall(bas)),
        sum(mot in connus for mot in mots),
    )
