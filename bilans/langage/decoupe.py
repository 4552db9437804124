"""Un texte en phrases, en mots et en syllabes, avec leurs places. Aucune base de données.

Tout se lit en un passage : une expression qui échoue ne reprend jamais plus loin ce qu’elle a déjà
lu (groupes possessifs), si bien qu’un texte hostile coûte ce que coûte sa longueur.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bilans.langage.reglement import en_liste

_MOT = re.compile(
    r"(?:\d++(?:[.,]\d++|[\u00a0\u202f ]\d{3}(?!\d))*+[^\W_]*+|[^\W_]++)(?:['’\u2011-][^\W_]++)*+"
)
_JETON = re.compile(r"[^\W_]++")
_VOYELLES = re.compile(r"[aeiouyàâäáéèêëîïíôöóùûüúÿœæ]++", re.IGNORECASE)
_FIN = re.compile(r"\n|[.!?…]++(?:[\u00a0\u202f ]?[»”\")\]])*+")
_BORD = re.compile(r"(?<![^\W_])[^\W_]{1,5}\Z")
ABREVIATIONS = en_liste(
    "m mm mme mmes mlle mlles dr drs pr me cf art p pp n no nos env ex tél tel bd av st "
    "ste vol chap fig réf min max etc"
)
_MOT_LE_PLUS_COURT = 5

_SUITE = re.compile(r"\S++")
_ADRESSE = re.compile(r"(?:https?://|mailto:|www\.)", re.IGNORECASE)
_DOMAINES = (".fr", ".org", ".com", ".net", ".eu", ".info", ".bzh", ".re", ".gp", ".mq")
_MARQUES = str.maketrans({"*": " ", "`": " ", "_": " ", "[": " ", "]": " "})
_DEBUT_DE_LIGNE = re.compile(r"^[ \t]*+(?:[-–•+] |\d{1,2}[.)] |#{1,6} )", re.MULTILINE)


class Place(NamedTuple):
    debut: int
    fin: int


class Jeton(NamedTuple):
    """Un mot sans apostrophe ni trait d’union : « l’eau » en fait deux. `forme` en minuscules."""

    debut: int
    fin: int
    forme: str


def masquer(texte: str) -> str:
    """Le même texte, aussi long : adresses et marques de mise en forme changées en espaces."""
    if "@" in texte or "." in texte or ":" in texte:
        texte = _SUITE.sub(_sans_adresse, texte)
    return _DEBUT_DE_LIGNE.sub(lambda t: " " * len(t[0]), texte).translate(_MARQUES)


def _sans_adresse(suite: re.Match[str]) -> str:
    mot = suite[0]
    if "@" in mot:
        return " " * len(mot)
    trouve = _ADRESSE.search(mot)
    if trouve:
        return _blanchir(mot, trouve.start())
    nu = mot.rstrip(".,;:!?)»")
    if nu.lower().endswith(_DOMAINES) and len(nu) > _MOT_LE_PLUS_COURT:
        return " " * len(nu) + mot[len(nu) :]
    return mot


def _blanchir(mot: str, debut: int) -> str:
    """Efface l’adresse ; ce qui suit la parenthèse d’un lien reste."""
    fin = len(mot)
    if mot[:debut].endswith("(") and ")" in mot[debut:]:
        fin = mot.index(")", debut)
    suite = mot[debut:fin]
    ponctuation = len(suite) - len(suite.rstrip(".,;:!?»"))
    fin -= ponctuation
    return mot[:debut] + " " * (fin - debut) + mot[fin:]


def mots(texte: str) -> list[str]:
    """« L’eau » compte pour un mot, « 1 200 » aussi."""
    return _MOT.findall(texte)


def nombre_de_mots(texte: str) -> int:
    return len(_MOT.findall(texte))


def syllabes(mot: str) -> int:
    """Une syllabe est ici un groupe de voyelles ; un mot en a une au moins."""
    return max(len(_VOYELLES.findall(mot)), 1)


def jetons(texte: str) -> list[Jeton]:
    return [Jeton(t.start(), t.end(), t[0].lower()) for t in _JETON.finditer(texte)]


def phrases(texte: str) -> list[Place]:
    """Les phrases qui ont un mot, dans l’ordre. Un retour à la ligne finit une phrase.

    Un point d’abréviation, d’initiale ou de nombre n’en finit pas.
    """
    return [place for place in _phrases(texte) if _JETON.search(texte, *place)]


def _phrases(texte: str) -> Iterator[Place]:
    debut = 0
    for trouve in _FIN.finditer(texte):
        if trouve[0] == "\n" or _finit(texte, trouve):
            yield _serrer(texte, debut, trouve.start() if trouve[0] == "\n" else trouve.end())
            debut = trouve.end()
    yield _serrer(texte, debut, len(texte))


def _finit(texte: str, trouve: re.Match[str]) -> bool:
    suite = texte[trouve.end() : trouve.end() + 3]
    if suite and not suite[0].isspace():
        return False
    apres = suite.strip()[:1]
    if trouve[0] != ".":
        return not apres.islower()
    avant = _BORD.search(texte, max(trouve.start() - 8, 0), trouve.start())
    if avant is None:
        return True
    mot = avant[0]
    if len(mot) == 1 and mot.isupper():
        return not apres
    if mot.lower() in ABREVIATIONS:
        return mot.lower() == "etc" and not apres.islower()
    return True


def _serrer(texte: str, debut: int, fin: int) -> Place:
    """Sans les espaces du bord."""
    while debut < fin and texte[debut].isspace():
        debut += 1
    while fin > debut and texte[fin - 1].isspace():
        fin -= 1
    return Place(debut, fin)
