"""Comparer deux écritures d’un même mot : accents, casse, ponctuation et emojis ignorés."""

import re
import unicodedata
from functools import lru_cache

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "°": " ", "º": " "})
_HORS_MOTS = re.compile(r"[^0-9a-z]+")
LONGUEUR_GARDEE = 120


def cle(texte: str) -> str:
    """Les mots courts reviennent de ligne en ligne : leur clé se garde."""
    return _cle_gardee(texte) if len(texte) <= LONGUEUR_GARDEE else _cle(texte)


def _cle(texte: str) -> str:
    nu = texte if texte.isascii() else _sans_marque(texte)
    return _HORS_MOTS.sub(" ", nu.lower()).strip()


_cle_gardee = lru_cache(maxsize=16_384)(_cle)


def _sans_marque(texte: str) -> str:
    decompose = unicodedata.normalize("NFKD", texte.translate(_LIGATURES))
    return "".join(c for c in decompose if not unicodedata.combining(c))


_PARENTHESE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_RANG = re.compile(r"^\d+\s*[.)\-]\s*")


def cle_d_entete(texte: str) -> str:
    """« 3) Pilote (structure) * » et « pilote » se comparent égaux."""
    nu = _RANG.sub("", _PARENTHESE.sub(" ", texte).strip())
    return cle(nu) or cle(texte)


_AVEC_ANNEE = re.compile(r"\b20\d\d\b")


def cle_a_retenir(texte: str) -> str:
    """Deux en-têtes que seule l’année distingue, même entre parenthèses, ne se confondent pas."""
    if _AVEC_ANNEE.search(texte):
        return cle(_RANG.sub("", texte.strip()))
    return cle_d_entete(texte)
