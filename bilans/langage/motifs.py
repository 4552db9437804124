"""Les termes à remplacer, prêts à chercher : leurs formes, rangées par leurs deux premiers mots."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bilans.langage import nombres
from bilans.langage.accords import accords_de_l_adjectif, pluriels
from bilans.langage.conjugaison import formes
from bilans.langage.ecrits import PETITS_MOTS
from bilans.langage.reglement import Terme, en_liste

_ELEMENT = re.compile(r"\{nombre\}|\{duree\}|[^\W_]++")
_ESPACES = frozenset(" \u00a0\u202f\n'’")
_TRAITS = frozenset("-\u2011")
NOMBRE, DUREE = "{nombre}", "{duree}"
_JOKERS = frozenset({NOMBRE, DUREE})
_DETERMINANTS = en_liste(
    "un une des de d la le les l cette ce cet ces sa son ses leur leurs notre nos votre "
    "vos plusieurs quelques toute tout"
)
# Ce qui vaut pour ce mot après le verbe : « prendre une décision », « des décisions »
_VARIANTES = {
    **dict.fromkeys(("un", "une", "des", "le", "la"), _DETERMINANTS),
    "à": en_liste("à au aux"),
    "de": en_liste("de d du des"),
}


@dataclass(frozen=True, slots=True)
class Motif:
    """Un terme prêt à chercher. Pour chaque mot : ses formes, et ce qui peut le lier au précédent.

    `premier` : son premier mot tel qu’il est donné ; `verbe` : l’infinitif à conjuguer, s’il y en a
    un, au rang `rang_du_verbe`.
    """

    terme: Terme
    formes: tuple[frozenset[str], ...]
    liens: tuple[frozenset[str], ...]
    premier: str
    verbe: str = ""
    rang_du_verbe: int = 0


@dataclass(frozen=True, slots=True)
class Suites:
    """Les motifs qui commencent par un mot, le plus long d’abord, selon le mot qui suit."""

    par_mot: Mapping[str, tuple[Motif, ...]]
    sinon: tuple[Motif, ...]


@lru_cache(maxsize=8)
def motifs(termes: tuple[Terme, ...]) -> dict[str, Suites]:
    """Les motifs rangés par leur premier mot. Calculé une fois par liste."""
    par_mot: dict[str, list[Motif]] = defaultdict(list)
    for terme in termes:
        motif = _motif(terme)
        if motif:
            for mot in motif.formes[0]:
                par_mot[mot].append(motif)
    return {mot: _suites(sorted(liste, key=_longueur)) for mot, liste in par_mot.items()}


def _longueur(motif: Motif) -> int:
    return -len(motif.formes)


def _suites(tries: Sequence[Motif]) -> Suites:
    """Chaque liste garde l’ordre : on n’y ôte que ce que le deuxième mot exclut."""
    deuxiemes = frozenset().union(*(m.formes[1] for m in tries if len(m.formes) > 1)) - _JOKERS
    return Suites(
        {mot: tuple(m for m in tries if _peut_suivre(m, mot)) for mot in deuxiemes},
        tuple(m for m in tries if len(m.formes) == 1 or m.formes[1] & _JOKERS),
    )


def _peut_suivre(motif: Motif, mot: str) -> bool:
    return len(motif.formes) == 1 or convient(mot, motif.formes[1])


def convient(mot: str, admises: frozenset[str]) -> bool:
    if mot in admises:
        return True
    if NOMBRE in admises:
        return nombres.est_un_nombre(mot)
    return DUREE in admises and mot in nombres.DUREES


def _motif(terme: Terme) -> Motif | None:
    trouves = list(_ELEMENT.finditer(terme.terme.lower()))
    if not trouves or trouves[0][0] in _JOKERS:
        return None
    elements = [t[0] for t in trouves]
    verbe = next((r for r, e in enumerate(elements) if e not in {"se", "s"}), 0)
    toutes = [_formes(e, terme, rang, verbe) for rang, e in enumerate(elements)]
    if terme.nature == "FIXE" and elements[-1] in {"à", "de"}:
        toutes[-1] = _VARIANTES[elements[-1]]
    liens = tuple(
        _TRAITS if rang and terme.terme[t.start() - 1] in _TRAITS else _ESPACES
        for rang, t in enumerate(trouves)
    )
    conjugue = elements[verbe] if terme.nature == "VERBE" else ""
    return Motif(terme, tuple(toutes), liens, elements[0], conjugue, verbe)


def _formes(element: str, terme: Terme, rang: int, verbe: int) -> frozenset[str]:
    if terme.nature == "VERBE" and rang <= verbe:
        return frozenset(formes(element).values()) if rang == verbe else frozenset({"se", "s"})
    if terme.nature == "VERBE" and element in _VARIANTES:
        return _VARIANTES[element]
    if element in {NOMBRE, DUREE, *PETITS_MOTS} or terme.nature == "FIXE":
        return frozenset({element})
    return pluriels(element) if terme.nature == "NOM" else accords_de_l_adjectif(element)
