"""Les règles telles que l’opérateur les a réglées : des valeurs, sans base de données."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

ERREUR, AVERTISSEMENT, INFO = "ERREUR", "AVERTISSEMENT", "INFO"
GRAVITES = (ERREUR, AVERTISSEMENT, INFO)
RANGS = {gravite: rang for rang, gravite in enumerate(GRAVITES)}


@dataclass(frozen=True, slots=True)
class Regle:
    """`seuil` None quand la règle ne compte pas. `fins` : les fins de mot, sans leur trait."""

    code: str
    libelle: str
    gravite: str
    seuil: int | None = None
    conseil: str = ""
    mots: frozenset[str] = frozenset()
    fins: tuple[str, ...] = ()
    exceptions: frozenset[str] = frozenset()


def en_liste(mots: str) -> frozenset[str]:
    return frozenset(mots.split())


def en_mots(liste: str) -> frozenset[str]:
    """Les mots entiers d’une liste, un par ligne."""
    lignes = (ligne.strip().lower() for ligne in liste.splitlines())
    return frozenset(ligne for ligne in lignes if ligne and not ligne.startswith("-"))


def en_fins(liste: str) -> tuple[str, ...]:
    """Les fins de mot d’une liste : « -ivement » donne « ivement »."""
    lignes = (ligne.strip().lower() for ligne in liste.splitlines())
    return tuple(ligne.lstrip("-") for ligne in lignes if ligne.startswith("-") and len(ligne) > 1)


@dataclass(frozen=True, slots=True)
class Bande:
    """Comment se dit une facilité de lecture qui atteint `minimum`."""

    code: str
    libelle: str
    minimum: int
    ton: str
    conseil: str = ""


@dataclass(frozen=True, slots=True)
class Terme:
    """`remplacement` : « singulier|pluriel » quand le pluriel ne se devine pas."""

    code: str
    terme: str
    remplacement: str
    regle: str
    nature: str
    genre: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Reglement:
    """Les bandes vont de la plus facile à la plus difficile.

    Un règlement n’est égal qu’à lui-même : ce que l’on en compile l’est une fois.
    """

    regles: Mapping[str, Regle] = field(default_factory=dict)
    bandes: Sequence[Bande] = ()
    termes: tuple[Terme, ...] = ()

    def bande(self, score: float) -> Bande | None:
        return next((b for b in self.bandes if score >= b.minimum), None)
