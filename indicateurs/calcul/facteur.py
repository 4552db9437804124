"""Par combien multiplier un quotient pour l’écrire dans l’unité de son indicateur."""

from acteurs.models.contexte import MULTIPLES

POUR_CENT = "%"


def facteur(unite: str) -> int:
    """100 pour « % », 100 000 pour « taux pour 100 000 » ; 1 pour une unité sans multiple.

    « % des habitants » se lit comme « % » : seul compte le début de l’unité.
    """
    if unite.startswith(POUR_CENT):
        return MULTIPLES[POUR_CENT]
    return MULTIPLES.get(unite, 1)
