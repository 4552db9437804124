"""Textes libres d’un bilan découpés en blocs. Aucune balise n’est interprétée.

Une ligne est un paragraphe. « - » commence un bloc ; son étiquette est ce qui précède « : ». Les
lignes qui suivent sans ligne vide restent dans le bloc.
"""

import re
from dataclasses import dataclass

_PUCE = re.compile(r"^\s*[-–•*]\s+")
_ETIQUETTE = re.compile(r"^([^:.!?]{2,48}?)\s*:\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Paragraphe:
    """`gras` : début de phrase mis en valeur (« Ce que nous changeons : »)."""

    gras: str
    texte: str


@dataclass(frozen=True, slots=True)
class Bloc:
    etiquette: str
    paragraphes: tuple[Paragraphe, ...]
    est_point: bool


def blocs(texte: str) -> list[Bloc]:
    """Blocs dans l’ordre ; une ligne vide termine le bloc en cours."""
    resultat: list[Bloc] = []
    ouvert = False
    for brute in texte.splitlines():
        ligne = brute.strip()
        if not ligne:
            ouvert = False
        elif _PUCE.match(ligne):
            resultat.append(_point(_PUCE.sub("", ligne)))
            ouvert = True
        elif ouvert:
            dernier = resultat.pop()
            suite = (*dernier.paragraphes, _paragraphe(ligne))
            resultat.append(Bloc(dernier.etiquette, suite, est_point=True))
        else:
            resultat.append(Bloc("", (Paragraphe("", ligne),), est_point=False))
    return resultat


def _point(ligne: str) -> Bloc:
    trouve = _ETIQUETTE.match(ligne)
    if not trouve:
        return Bloc("", (Paragraphe("", ligne),), est_point=True)
    reste = ligne[trouve.end() :]
    return Bloc(trouve[1].strip(), (Paragraphe("", reste),), est_point=True)


def _paragraphe(ligne: str) -> Paragraphe:
    trouve = _ETIQUETTE.match(ligne)
    if not trouve:
        return Paragraphe("", ligne)
    return Paragraphe(trouve[1].strip(), ligne[trouve.end() :])
