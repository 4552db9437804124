"""La trame que l’on propose : des questions et des étapes, écrites pour un contrat local de santé.

Elle est à nous, libre et modifiable ; aucune source n’en impose les mots. Aucune base de données.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from indicateurs.evaluation.calendrier import Periode

FICHIER = Path(__file__).resolve().parents[1] / "donnees" / "trame_evaluation.yaml"


@dataclass(frozen=True, slots=True)
class QuestionProposee:
    """`cle` : stable d’une version à l’autre. `moments` : les évaluations où elle a un sens."""

    cle: str
    critere: str
    texte: str
    criteres_de_jugement: str
    sources: str
    moments: frozenset[str]


@dataclass(frozen=True, slots=True)
class EtapeProposee:
    """`de` et `a` : parts de la période de l’évaluation, entre 0 et 1."""

    cle: str
    libelle: str
    de: float
    a: float


@dataclass(frozen=True, slots=True)
class EtapeDatee:
    cle: str
    libelle: str
    debut: date
    fin: date


@dataclass(frozen=True, slots=True)
class Trame:
    questions: tuple[QuestionProposee, ...]
    etapes: tuple[EtapeProposee, ...]

    def questions_de(self, moment: str) -> tuple[QuestionProposee, ...]:
        """Celles du moment ; une évaluation d’un autre genre les propose toutes."""
        du_moment = tuple(q for q in self.questions if moment in q.moments)
        return du_moment or self.questions

    def etapes_de(self, periode: Periode | None) -> tuple[EtapeDatee, ...]:
        """Les étapes réparties sur la période ; aucune sans dates."""
        if periode is None:
            return ()
        return tuple(
            EtapeDatee(e.cle, e.libelle, periode.au(e.de), periode.au(e.a)) for e in self.etapes
        )


@cache
def trame() -> Trame:
    lue = yaml.safe_load(FICHIER.read_text(encoding="utf-8"))
    return Trame(
        questions=tuple(
            QuestionProposee(**(q | {"moments": frozenset(q["moments"])})) for q in lue["questions"]
        ),
        etapes=tuple(EtapeProposee(**etape) for etape in lue["etapes"]),
    )


def encore_a_poser(
    proposees: Sequence[QuestionProposee], deja_posees: Sequence[str]
) -> list[QuestionProposee]:
    """Une question déjà écrite mot pour mot n’est pas proposée deux fois."""
    posees = {texte.strip() for texte in deja_posees}
    return [question for question in proposees if question.texte not in posees]
