"""Reconnaître les termes à remplacer, à toutes leurs formes, et proposer le mot simple accordé."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bilans.langage.lecture import Lecture
from bilans.langage.motifs import Motif, Suites, convient, motifs
from bilans.langage.propositions import Endroit, Proposition, proposer
from bilans.langage.reglement import Terme

LIEN_LE_PLUS_LONG = 2


class TermeTrouve(NamedTuple):
    terme: Terme
    debut: int
    fin: int
    proposition: Proposition | None


def chercher(
    lu: Lecture,
    par_mot: Mapping[str, Suites],
    annee: int | None,
    bornes: Iterable[tuple[int, int]],
) -> Iterator[TermeTrouve]:
    """Les termes, le plus long d’abord, sans que deux se chevauchent ni sortent de leurs bornes.

    `bornes` : dans l’ordre, le rang du premier mot et celui d’après le dernier (les phrases).
    """
    possibles = [(r, par_mot[f]) for r, f in enumerate(lu.formes) if f in par_mot]
    suite, (premier, apres), libre = iter(bornes), (0, 0), 0
    for rang, suites in possibles:
        while rang >= apres:
            premier, apres = next(suite)
        if rang < libre:
            continue
        voisin = lu.formes[rang + 1] if rang + 1 < apres else ""
        for motif in suites.par_mot.get(voisin, suites.sinon):
            fin = rang + len(motif.formes)
            if fin <= apres and _convient(lu, motif, rang):
                proposition = proposer(motif, Endroit(lu, premier, rang, fin), annee)
                yield TermeTrouve(motif.terme, lu.debuts[rang], lu.fins[fin - 1], proposition)
                libre = fin
                break


def employes(texte: str, termes: tuple[Terme, ...]) -> list[str]:
    """Les codes des termes que le texte emploie, dans l’ordre de leur première rencontre."""
    lu = Lecture(texte)
    trouves = chercher(lu, motifs(termes), None, [(0, len(lu.formes))])
    return list(dict.fromkeys(trouve.terme.code for trouve in trouves))


def _convient(lu: Lecture, motif: Motif, rang: int) -> bool:
    """Chaque mot a une forme admise, et seuls une espace, une apostrophe ou son trait les lient."""
    for position in range(1, len(motif.formes)):
        ici = rang + position
        if not convient(lu.formes[ici], motif.formes[position]):
            return False
        lien = lu.texte[lu.fins[ici - 1] : lu.debuts[ici]]
        if len(lien) > LIEN_LE_PLUS_LONG or not motif.liens[position].issuperset(lien):
            return False
    return True
