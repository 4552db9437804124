"""Les sens connus des sigles, et ce que l’équipe en a décidé."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

SENS, EXPLIQUE, LAISSE = "SENS", "EXPLIQUE", "LAISSE"


@dataclass(frozen=True, slots=True)
class Definition:
    """Un sens d’un sigle. `contexte` : le thème où ce sens est le bon, vide s’il n’y en a qu’un.

    `code` : celui de la ligne du lexique ; vide quand le sens vient d’ailleurs.
    """

    sigle: str
    terme: str
    contexte: str = ""
    explication: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Ce que l’équipe a tranché : `choix` vaut SENS, EXPLIQUE ou LAISSE (alors `par_nom` signe)."""

    sigle: str
    choix: str
    terme: str = ""
    explication: str = ""
    raison: str = ""
    par_nom: str = ""
    version: int = 0

    @property
    def definition(self) -> Definition | None:
        if self.choix == LAISSE:
            return None
        return Definition(self.sigle, self.terme, explication=self.explication)


@dataclass(frozen=True, slots=True)
class Lexique:
    """`admis` : les mots en capitales qui ne sont pas des sigles. `cries` : les petits mots qui,
    en capitales, disent qu’une ligne est criée (« LES ACTIONS DE LA VILLE »)."""

    sens: Mapping[str, Sequence[Definition]] = field(default_factory=dict)
    admis: frozenset[str] = frozenset()
    cries: frozenset[str] = frozenset()


def ranger(definitions: Iterable[Definition]) -> dict[str, tuple[Definition, ...]]:
    """Les sens de chaque sigle, dans leur ordre."""
    range_: dict[str, tuple[Definition, ...]] = {}
    for definition in definitions:
        range_[definition.sigle] = (*range_.get(definition.sigle, ()), definition)
    return range_
