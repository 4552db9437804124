"""Sur quoi porte un commentaire : le bilan, une section, un volet, une action. Aucune base."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

SANS_AXE = "sans-axe"


class Genre(StrEnum):
    BILAN = "bilan"
    SECTION = "section"
    VOLET = "volet"
    ACTION = "action"


class AncreInconnue(ValueError):
    """Cette ancre ne se lit pas."""


@dataclass(frozen=True, slots=True)
class Ancre:
    """`cle` : le code d’une section, l’identifiant d’un axe (« sans-axe ») ou d’une action."""

    genre: Genre
    cle: str = ""

    def __str__(self) -> str:
        return f"{self.genre}:{self.cle}" if self.cle else str(self.genre)

    @property
    def identifiant(self) -> str:
        """Celui de la partie dans la page : « partie-section-edito »."""
        return "partie-" + str(self).replace(":", "-").lower().replace("_", "-")


BILAN = Ancre(Genre.BILAN)


def section(code: str) -> Ancre:
    return Ancre(Genre.SECTION, str(code))


def volet(cle: object) -> Ancre:
    """`cle` vide : les actions sans axe."""
    return Ancre(Genre.VOLET, str(cle) if cle else SANS_AXE)


def action(cle: object) -> Ancre:
    return Ancre(Genre.ACTION, str(cle))


def lire(texte: str) -> Ancre:
    """Lève AncreInconnue."""
    genre, _, cle = texte.partition(":")
    if texte == Genre.BILAN:
        return BILAN
    if genre == Genre.SECTION and cle:
        return section(cle)
    if genre == Genre.VOLET and cle == SANS_AXE:
        return volet("")
    if genre in (Genre.VOLET, Genre.ACTION):
        return Ancre(Genre(genre), _identifiant(cle))
    raise AncreInconnue(texte)


def _identifiant(cle: str) -> str:
    try:
        return str(UUID(cle))
    except ValueError as erreur:
        raise AncreInconnue(cle) from erreur
