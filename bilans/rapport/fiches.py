"""Ce que disent les fiches : les notes de l’année, proposées à qui écrit le bilan.

Elles restent internes : rien n’en passe dans le bilan sans que quelqu’un le réécrive.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from bilans.models import CodeSection
from contrats.models import Contrat, NoteSuivi

# Ce qui aide à écrire chaque section, dans l’ordre où on le lit
CHAMPS_DES_SECTIONS: dict[str, tuple[str, ...]] = {
    CodeSection.EDITO: ("fait",),
    CodeSection.DIFFICULTES: ("freins", "leviers"),
    CodeSection.PERSPECTIVES: ("suites",),
}
MOTS = {"fait": "Fait", "freins": "Frein", "leviers": "Levier", "suites": "Suite"}


@dataclass(frozen=True, slots=True)
class Extrait:
    """Une phrase d’une note : `genre` dit laquelle, `action` mène à la fiche."""

    action: UUID
    fiche: str
    le: date
    genre: str
    texte: str


def extraits(contrat: Contrat, annee: int) -> dict[str, list[Extrait]]:
    """Les extraits de chaque section (clé de CodeSection) ; une requête."""
    lignes = list(NoteSuivi.objects.de_l_annee(contrat, annee))
    return {
        section: list(_extraits(lignes, champs)) for section, champs in CHAMPS_DES_SECTIONS.items()
    }


def _extraits(lignes: Iterable[dict[str, Any]], champs: tuple[str, ...]) -> Iterable[Extrait]:
    for ligne in lignes:
        fiche = f"{ligne['action__numero']} {ligne['action__titre']}".strip()
        for champ in champs:
            if ligne[champ]:
                yield Extrait(
                    action=ligne["action_id"],
                    fiche=fiche,
                    le=ligne["date_note"],
                    genre=MOTS[champ],
                    texte=ligne[champ],
                )
