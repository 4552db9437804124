"""Comparer deux écritures d’un même mot : accents, casse, ponctuation et emojis ignorés."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "°": " ", "º": " "})
_HORS_MOTS = re.compile(r"[^0-9a-z]+")


def cle(texte: str) -> str:
    sans_marque = unicodedata.normalize("NFKD", texte.translate(_LIGATURES))
    nu = "".join(c for c in sans_marque if not unicodedata.combining(c))
    return _HORS_MOTS.sub(" ", nu.lower()).strip()


_PARENTHESE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_RANG = re.compile(r"^\d+\s*[.)\-]\s*")


def cle_d_entete(texte: str) -> str:
    """« 3) Pilote (structure) * » et « pilote » se comparent égaux."""
    nu = _RANG.sub("", _PARENTHESE.sub(" ", texte).strip())
    return cle(nu) or cle(texte)
