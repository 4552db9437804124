"""Ce que les additions apprennent des cellules tues : algèbre linéaire en nombres exacts.

On raisonne en écarts aux vraies valeurs. Un écart est possible s’il laisse toutes les additions
justes et aucune cellule sous son plancher : le lecteur ne peut pas l’écarter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Nombre = int | Fraction
Ligne = dict[Any, Nombre]


def exact(valeur: Nombre) -> Nombre:
    """Un entier tant que c’en est un : le calcul en est bien plus rapide."""
    entier = isinstance(valeur, Fraction) and valeur.denominator == 1
    return int(valeur) if entier else valeur


def quotient(haut: Nombre, bas: Nombre) -> Nombre:
    if bas in {1, -1}:
        return haut * bas
    return exact(Fraction(haut) / Fraction(bas))


def retirer(ligne: Ligne, facteur: Nombre, pivot: Ligne) -> None:
    """Retire de la ligne `facteur` fois le pivot, sur place ; un zéro ne s’écrit pas."""
    for colonne, valeur in pivot.items():
        reste = exact(ligne.get(colonne, 0) - facteur * valeur)
        if reste:
            ligne[colonne] = reste
        else:
            ligne.pop(colonne, None)


@dataclass(frozen=True, slots=True)
class Solutions:
    """Chaque inconnue d’après celles qui restent `libres`.

    Aucune libre : tout se recalcule. `dependances` : les inconnues liées, et leurs coefficients.
    """

    libres: tuple[Any, ...]
    dependances: Mapping[Any, Ligne]

    def expression(self, inconnue: Any) -> Ligne:
        """Vide si les additions à elles seules donnent sa valeur."""
        return self.dependances.get(inconnue, {inconnue: 1})

    def ecart(self, inconnue: Any, libres: Mapping[Any, Nombre]) -> Nombre:
        """Son écart quand les libres ont ceux-là."""
        return exact(sum(v * libres[c] for c, v in self.expression(inconnue).items()))


def resoudre(equations: Sequence[Mapping[Any, int]], inconnues: Sequence[Any]) -> Solutions:
    """Élimination de Gauss-Jordan ; les premières inconnues servent de pivots d’abord."""
    lignes: list[Ligne] = [{c: v for c, v in e.items() if v} for e in equations]
    pivots: dict[Any, Ligne] = {}
    for inconnue in inconnues:
        pivot = next((ligne for ligne in lignes if inconnue in ligne), None)
        if pivot is None:
            continue
        lignes.remove(pivot)
        facteur = pivot[inconnue]
        norme = {c: quotient(v, facteur) for c, v in pivot.items()}
        for ligne in (*lignes, *pivots.values()):
            if inconnue in ligne:
                retirer(ligne, ligne[inconnue], norme)
        pivots[inconnue] = norme
    return Solutions(
        libres=tuple(i for i in inconnues if i not in pivots),
        dependances={p: {c: -v for c, v in ligne.items() if c != p} for p, ligne in pivots.items()},
    )
