"""Jusqu’où une cellule tue peut monter ou descendre sans contredire ce qui est publié.

Simplexe en nombres exacts, sur des lignes creuses : les tableaux d’un contrat sont petits et
presque tous leurs coefficients valent 0, 1 ou −1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from indicateurs.secret.systeme import Ligne, Nombre, Solutions, quotient, retirer

BORNE = "borne"  # la colonne du second membre


@dataclass(frozen=True, slots=True)
class Extreme:
    """Le plus grand écart possible. `ecarts` : celui de chaque libre quand il est atteint.

    `est_borne` faux : l’écart grandit autant que l’on veut.
    """

    est_borne: bool
    ecarts: Mapping[Any, Nombre]


def pousser(solutions: Solutions, marges: Mapping[Any, Nombre], but: Ligne) -> Extreme:
    """Rend le plus grand possible `but` (une combinaison des libres).

    `marges` : de combien chaque inconnue peut baisser. Chaque libre s’écrit hausse − baisse ; ne
    pas bouger est une solution de départ. Règle de Bland : le calcul finit toujours.
    """
    rangs = {c: rang for rang, c in enumerate(solutions.libres)}
    largeur = len(rangs)
    lignes = {
        2 * largeur + rang: _contrainte(solutions.expression(i), rangs, 2 * largeur + rang, marge)
        for rang, (i, marge) in enumerate(marges.items())
    }
    objectif: Ligne = {}
    for c, v in but.items():
        objectif |= {rangs[c]: -v, rangs[c] + largeur: v}
    while entrantes := [j for j, v in objectif.items() if j != BORNE and v < 0]:
        entrante = min(entrantes)
        possibles = [
            (Fraction(ligne.get(BORNE, 0)) / Fraction(ligne[entrante]), b)
            for b, ligne in lignes.items()
            if ligne.get(entrante, 0) > 0
        ]
        if not possibles:
            return Extreme(est_borne=False, ecarts={})
        _pivoter(lignes, objectif, min(possibles)[1], entrante)
    valeurs = {b: ligne.get(BORNE, 0) for b, ligne in lignes.items()}
    ecarts = {c: valeurs.get(k, 0) - valeurs.get(k + largeur, 0) for c, k in rangs.items()}
    return Extreme(est_borne=True, ecarts=ecarts)


def _contrainte(expression: Ligne, rangs: Mapping[Any, int], ecart: int, marge: Nombre) -> Ligne:
    """« Cette inconnue ne baisse pas de plus que sa marge », hausses puis baisses des libres."""
    ligne: Ligne = {ecart: 1}
    for c, v in expression.items():
        ligne |= {rangs[c]: -v, rangs[c] + len(rangs): v}
    return ligne | ({BORNE: marge} if marge else {})


def _pivoter(lignes: dict[int, Ligne], objectif: Ligne, sortante: int, entrante: int) -> None:
    pivot = lignes.pop(sortante)
    facteur = pivot[entrante]
    norme = {c: quotient(v, facteur) for c, v in pivot.items()}
    for ligne in (*lignes.values(), objectif):
        if poids := ligne.get(entrante):
            retirer(ligne, poids, norme)
    lignes[entrante] = norme
