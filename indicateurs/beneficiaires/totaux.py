"""Combien de personnes, combien de venues : des totaux qui ne comptent jamais deux fois.

Les présences s’additionnent. Les personnes, non : la même peut venir à deux actions. Leur somme
n’est juste que si toutes les actions, sauf une au plus, déclarent des personnes comptées nulle part
ailleurs ; sinon on donne deux bornes. Aucune base de données.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cls_platform.socle import typographie

MASQUE = "masqué"


@dataclass(frozen=True, slots=True)
class Nombre:
    """Un nombre à écrire. Les deux bornes égales : il est exact.

    `est_tu` : quelque chose en est couvert par le secret statistique. `au_moins` et `au_plus` None
    quand rien n’est connu de ce côté.
    """

    au_moins: int | None = None
    au_plus: int | None = None
    est_tu: bool = False

    @property
    def exact(self) -> int | None:
        return self.au_moins if self.au_moins == self.au_plus else None

    @property
    def est_vide(self) -> bool:
        return self.au_moins is None and self.au_plus is None and not self.est_tu

    @property
    def texte(self) -> str:
        """« 412 », « de 230 à 412 », « au moins 230 », « masqué », ou rien."""
        if self.exact is not None:
            return typographie.nombre(self.exact)
        if self.au_moins and self.au_plus is not None:
            return f"de {typographie.nombre(self.au_moins)} à {typographie.nombre(self.au_plus)}"
        if self.au_moins:
            return f"au moins {typographie.nombre(self.au_moins)}"
        if self.au_plus is not None:
            return f"au plus {typographie.nombre(self.au_plus)}"
        return MASQUE if self.est_tu else ""


RIEN, TU = Nombre(), Nombre(est_tu=True)


def exactement(valeur: int | None) -> Nombre:
    return RIEN if valeur is None else Nombre(valeur, valeur)


@dataclass(frozen=True, slots=True)
class Part:
    """Ce qu’une action apporte à un total. `est_distincte` : ses personnes ne sont pas ailleurs."""

    valeur: int
    est_distincte: bool = False
    est_tue: bool = False


def presences(parts: Iterable[Part], *, est_tu: bool = False) -> Nombre:
    """La somme ; si elle est tue, ce que l’on publie par ailleurs en fait au moins tant."""
    liste = list(parts)
    if not liste:
        return RIEN
    publie = sum(p.valeur for p in liste if not p.est_tue)
    return Nombre(publie or None, None, est_tu=True) if est_tu else exactement(_somme(liste))


def personnes(parts: Iterable[Part], *, est_tu: bool = False) -> Nombre:
    """Le nombre de personnes différentes d’un ensemble d’actions, exact ou entre deux bornes.

    Au moins : les personnes déclarées distinctes, et la plus grande des autres actions. Au plus :
    la somme. Une action tue ne sert qu’à la somme, et `est_tu` dit que la somme l’est aussi.
    """
    liste = list(parts)
    if not liste:
        return RIEN
    ailleurs = [p for p in liste if not p.est_distincte]
    if len(ailleurs) <= 1:
        return presences(liste, est_tu=est_tu)
    distinctes = sum(p.valeur for p in liste if p.est_distincte and not p.est_tue)
    autres = max((p.valeur for p in ailleurs if not p.est_tue), default=0)
    au_moins = (distinctes + autres) or None
    if est_tu:
        return Nombre(au_moins, None, est_tu=True)
    return Nombre(au_moins, _somme(liste), est_tu=any(p.est_tue for p in liste))


def _somme(parts: list[Part]) -> int:
    return sum(p.valeur for p in parts)
