"""Plusieurs noms dans une cellule : les séparer sans couper un nom qui contient « et » ou « / »."""

import re
from collections.abc import Callable

SEPARATEUR = " ; "
_FORTS = re.compile(r"[;\n|•\t]+")
_FAIBLES = re.compile(r"\s*,\s*(?![^()]*\))|\s*/\s*(?![^()]*\))|\s+\+\s+")
_ET = re.compile(r"\s+(?:et|&)\s+", re.IGNORECASE)
_BORDS = " \u00a0\u202f-–—*·▪►✓.,:"
_SIGLE = re.compile(r"\b[A-ZÉÈÀ]{2,}\d*\b")
_RIEN = frozenset(
    {"", "-", "/", "?", "nc", "n/a", "na", "néant", "aucun", "à définir", "à préciser"}
)

Connu = Callable[[str], bool]


def separer(texte: str, connu: Connu) -> list[str]:
    """Les noms écrits, sans doublon, dans l’ordre. `connu` : ce nom entier existe déjà."""
    noms: list[str] = []
    for part in _FORTS.split(texte):
        noms += _couper(_net(part), connu)
    return list(dict.fromkeys(nom for nom in noms if nom.lower() not in _RIEN))


def _net(texte: str) -> str:
    return " ".join(texte.split()).strip(_BORDS)


def _couper(part: str, connu: Connu) -> list[str]:
    if not part or connu(part):
        return [part]
    morceaux = [m for m in (_net(m) for m in _FAIBLES.split(part)) if m]
    if len(morceaux) < 2:
        return _couper_et(part, connu, en_liste=False)
    return [nom for m in morceaux for nom in _couper_et(m, connu, en_liste=True)]


def _couper_et(part: str, connu: Connu, *, en_liste: bool) -> list[str]:
    """« A, B et C » se coupe ; « Protection civile et secourisme » non."""
    if connu(part):
        return [part]
    morceaux = [_net(m) for m in _ET.split(part)]
    sigles = all(_SIGLE.search(m) for m in morceaux)
    enumere = en_liste and all(m[:1].isupper() for m in morceaux)
    if len(morceaux) > 1 and (sigles or enumere or any(connu(m) for m in morceaux)):
        return morceaux
    return [part]
