"""Ce que l’on relève dans un texte, à sa place exacte."""

from typing import NamedTuple

from bilans.langage.propositions import Proposition
from bilans.langage.reglement import Regle


class Alerte(NamedTuple):
    """`debut` et `longueur` : des signes du texte analysé. `proposition` : ce que l’on peut écrire
    à la place d’un clic, ou rien ; `ote` : ce qu’elle ôte."""

    regle: str
    libelle: str
    gravite: str
    debut: int
    longueur: int
    extrait: str
    conseil: str
    proposition: Proposition | None = None
    ote: str = ""

    @property
    def fin(self) -> int:
        return self.debut + self.longueur


def alerte(
    regle: Regle,
    texte: str,
    debut: int,
    fin: int,
    *,
    conseil: str = "",
    proposition: Proposition | None = None,
) -> Alerte:
    return Alerte(
        regle.code,
        regle.libelle,
        regle.gravite,
        debut,
        fin - debut,
        texte[debut:fin],
        conseil or regle.conseil,
        proposition,
        texte[proposition.debut : proposition.fin] if proposition else "",
    )
