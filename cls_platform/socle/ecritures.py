"""Le sens de lecture d’un texte (Unicode, annexe 9, règle P2 : sa première lettre décide)."""

import unicodedata

_LANGUES = {"R": "he", "AL": "ar", "L": ""}


def langue_de_droite(texte: str) -> str:
    """« he » ou « ar », d’après l’écriture, si le texte se lit de droite à gauche ; sinon rien."""
    if texte.isascii():
        return ""
    sens = (unicodedata.bidirectional(lettre) for lettre in texte)
    return next((_LANGUES[s] for s in sens if s in _LANGUES), "")
