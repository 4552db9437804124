"""Lire la matière d’une partie au 1er mars 2026, et noter dans le journal d’une fiche."""

from datetime import date
from typing import Any

from bilans.models import Bilan
from bilans.rapport.matiere import Matiere, matiere
from contrats.models import Action, NoteSuivi
from tests.factories import NoteSuiviFactory

LE = date(2026, 3, 1)


def lire(bilan: Bilan, code: str) -> Matiere:
    return matiere(bilan, code, le=LE)


def lot(bilan: Bilan, code: str, titre: str) -> tuple[Any, ...]:
    return next((x.trouvailles for x in lire(bilan, code).lots if x.titre == titre), ())


def note(action: Action, le: date = date(2025, 11, 3), **champs: Any) -> NoteSuivi:
    return NoteSuiviFactory(action=action, date_note=le, **{"fait": "", **champs})
