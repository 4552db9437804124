"""Ce que l’on relève dans un texte, à sa place exacte."""

from dataclasses import dataclass

from bilans.langage.reglement import Regle
from bilans.langage.termes import Proposition


@dataclass(frozen=True, slots=True)
class Alerte:
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
        regle=regle.code,
        libelle=regle.libelle,
        gravite=regle.gravite,
        debut=debut,
        longueur=fin - debut,
        extrait=texte[debut:fin],
        conseil=conseil or regle.conseil,
        proposition=proposition,
        ote=texte[proposition.debut : proposition.fin] if proposition else "",
    )
