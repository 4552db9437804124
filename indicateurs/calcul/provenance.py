"""D’où vient la valeur d’une année, ce qu’elle couvre, et pourquoi elle manque. Aucune base."""

from dataclasses import dataclass
from enum import StrEnum


class Origine(StrEnum):
    """Ce qui a donné la valeur."""

    SAISIE = "SAISIE"
    PERIODES = "PERIODES"
    TERRITOIRES = "TERRITOIRES"
    FORMULE = "FORMULE"
    PILOTAGE = "PILOTAGE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """`connus` sur `attendus` : les territoires, les périodes ou les indicateurs réunis.

    `motif` : pourquoi il n’y a pas de valeur. `phrase` : ce que l’on écrit sous elle ; vide pour
    une valeur saisie telle quelle.
    """

    annee: int
    origine: Origine
    connus: int = 0
    attendus: int = 0
    phrase: str = ""
    motif: str = ""

    @property
    def est_partielle(self) -> bool:
        return 0 < self.connus < self.attendus
