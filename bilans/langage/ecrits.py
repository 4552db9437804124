"""Les sigles que le texte développe lui-même : « Groupe d’action locale (GAL) », ou l’inverse."""

import re
import unicodedata
from functools import lru_cache

from bilans.langage.decoupe import Jeton, jetons
from bilans.langage.reglement import en_liste

MOTS_LUS = 18
SIGNES_LUS = 200
MOTS_SAUTES = 2
PETITS_MOTS = en_liste("de du des d la le les l et à a au aux en pour sur par dans contre un une")
_APRES = re.compile(r"s?[ \u00a0\u202f]?\(([^()\n]{3,200})\)")
_PARENTHESE = re.compile(r"\([ \u00a0\u202f]?$")
_FERME = re.compile(r"s?[ \u00a0\u202f]?[),;:–-]")
_BORNES = re.compile(r"[.!?;:()\n]")


def plier(mot: str) -> str:
    """Sans accent, en minuscules : « Évaluation » commence par « e »."""
    decompose = unicodedata.normalize("NFD", mot.replace("œ", "oe").replace("Œ", "OE"))
    return "".join(c for c in decompose if not unicodedata.combining(c)).lower()


def forme_ecrite(texte: str, debut: int, fin: int, sigle: str) -> str:
    """La forme longue écrite avant ou après ce sigle, ou rien si ses initiales n’y sont pas."""
    if _PARENTHESE.search(texte, max(debut - 2, 0), debut) and _FERME.match(texte, fin):
        return _avant(texte, texte.rindex("(", 0, debut), sigle)
    suite = _APRES.match(texte, fin)
    return _apres(suite[1], sigle) if suite else ""


def _avant(texte: str, fin: int, sigle: str) -> str:
    """Le plus court morceau de phrase, juste avant la parenthèse, qui porte les initiales."""
    depart = max(fin - SIGNES_LUS, 0)
    morceau = _BORNES.split(texte[depart:fin])[-1]
    depart = fin - len(morceau)
    lus = jetons(morceau)[-MOTS_LUS:]
    for rang in range(len(lus) - 1, -1, -1):
        if _porte(sigle, lus[rang:]):
            return texte[depart + lus[rang].debut : fin].strip()
    return ""


def _apres(dedans: str, sigle: str) -> str:
    lus = jetons(dedans)[:MOTS_LUS]
    while lus and lus[0].forme in PETITS_MOTS:
        lus = lus[1:]
    return dedans[lus[0].debut :].strip() if lus and _porte(sigle, lus) else ""


def _porte(sigle: str, lus: list[Jeton]) -> bool:
    """Vrai si les lettres du sigle sont, dans l’ordre, des débuts de ces mots, dès le premier."""
    lettres = plier("".join(c for c in sigle if c.isalpha()))
    formes = tuple(plier(jeton.forme) for jeton in lus)
    if not lettres or not formes or not lettres.startswith(formes[0][0]):
        return False
    return _consomme(lettres, formes, MOTS_SAUTES)


@lru_cache(maxsize=4096)
def _consomme(lettres: str, formes: tuple[str, ...], sauts: int) -> bool:
    if not lettres:
        return sum(f not in PETITS_MOTS for f in formes) <= sauts
    if not formes:
        return False
    mot, suite = formes[0], formes[1:]
    for longueur in range(1, min(len(mot), len(lettres)) + 1):
        if mot[:longueur] != lettres[:longueur]:
            break
        if _consomme(lettres[longueur:], suite, sauts):
            return True
    reste = sauts if mot in PETITS_MOTS else sauts - 1
    return reste >= 0 and _consomme(lettres, suite, reste)
