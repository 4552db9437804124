"""Ce qu’il y a à dire d’une cellule : sa ligne, sa colonne, sa valeur, une phrase."""

from dataclasses import asdict, dataclass
from typing import Any

VALEUR_MONTREE = 200


class ValeurRefusee(ValueError):
    """Le message est une phrase entière ; la valeur est montrée à côté, il ne la répète pas."""


@dataclass(frozen=True, slots=True)
class Remarque:
    """`ligne` : comme le tableur la compte, 0 pour le fichier entier."""

    ligne: int
    colonne: str
    valeur: str
    message: str

    def __str__(self) -> str:
        lieu = [f"ligne {self.ligne}"] if self.ligne else []
        if self.colonne:
            lieu.append(f"colonne « {self.colonne} »")
        if self.valeur:
            lieu.append(f"« {self.valeur} »")
        return f"{', '.join(lieu)}\u00a0: {self.message}" if lieu else self.message

    def vers_json(self) -> dict[str, Any]:
        return asdict(self)


def remarque(ligne: int, colonne: str, valeur: str, message: str) -> Remarque:
    return Remarque(ligne, colonne, valeur[:VALEUR_MONTREE], message)
