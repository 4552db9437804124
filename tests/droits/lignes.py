"""Les mots de la matrice des droits : qui, quelle ligne. Le sens est dit dans `matrice.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PERSONNAGES = (
    "anonyme",
    "lectrice",
    "partenaire",
    "pilote",
    "elue",
    "agent_ars",
    "agent_dd",
    "coordinatrice",
    "voisine",
    "administratrice",
)
CONNECTES = frozenset(PERSONNAGES) - {"anonyme"}
TOUS = frozenset(PERSONNAGES)

# Sous un contrat
SUIVENT = CONNECTES - {"voisine"}
COORDINATION = frozenset({"coordinatrice", "administratrice"})
PILOTAGE = COORDINATION | {"pilote"}
PHASES = COORDINATION | {"agent_ars", "agent_dd"}
PUBLICATION = COORDINATION | {"elue"}
# Sans contrat
CREATION = PHASES | {"voisine"}


# Un formulaire que l’on envoie sans rien y écrire
VIDE = {"csrfmiddlewaretoken": "x"}


@dataclass(frozen=True)
class Ligne:
    route: str
    methode: str
    qui: frozenset[str]
    reponse: int = 200
    objet: str = ""
    donnees: Mapping[str, Any] = field(default_factory=lambda: VIDE)
    parametres: Mapping[str, Any] = field(default_factory=dict)


def lignes(objet: str, *contenu: tuple) -> list[Ligne]:
    return [Ligne(r, m, q, s, objet, *suite) for r, m, q, s, *suite in contenu]
