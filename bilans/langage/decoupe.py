"""Un texte en phrases, en mots et en syllabes, avec leurs places. Aucune base de données.

Tout se lit en un passage : une expression qui échoue ne reprend jamais plus loin ce qu’elle a déjà
lu (groupes possessifs), si bien qu’un texte hostile coûte ce que coûte sa longueur. Ce passage se
fait une fois par texte : `lecture.Lecture` en garde le résultat.
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
# Aucune adresse ne s’écrit sans l’un d’eux : le reste du texte n’est pas examiné
_INDICE = re.compile(r"@|:(?=//)|:(?<=[oO]:)|\.(?=[A-Za-z])|\.(?<=[wW]\.)")
_MARQUES = "*`_[]"
_DEBUT_DE_LIGNE = re.compile(r"\n[ \t]*+(?:[-–•+] |\d{1,2}[.)] |#{1,6} )")


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
    masque = _DEBUT_DE_LIGNE.sub(_blanche, f"\n{_sans_adresses(texte)}")[1:]
    for marque in _MARQUES:
        masque = masque.replace(marque, " ")
    return masque


def _blanche(tete: re.Match[str]) -> str:
    return "\n" + " " * (len(tete[0]) - 1)


def _sans_adresses(texte: str) -> str:
    """Seules sont relues les suites de signes, sans espace, où un indice d’adresse se trouve."""
    morceaux, fait = [], 0
    for indice in _INDICE.finditer(texte):
        debut = indice.start()
        if debut < fait:
            continue
        while debut > fait and not texte[debut - 1].isspace():
            debut -= 1
        suite = _SUITE.match(texte, debut)
        if suite:
            morceaux += [texte[fait:debut], _sans_adresse(suite[0])]
            fait = suite.end()
    return "".join([*morceaux, texte[fait:]])


def _sans_adresse(mot: str) -> str:
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


def situer_les_mots(texte: str) -> tuple[list[int], list[str]]:
    """Les mêmes, et où chacun commence."""
    ecrits = mots(texte)
    return [trouve.start() for trouve in _MOT.finditer(texte)], ecrits


def situer_les_jetons(
    debuts: list[int], ecrits: list[str]
) -> tuple[list[int], list[int], list[str]]:
    """Les mêmes mots, coupés aux apostrophes et aux traits : débuts, fins, mots."""
    departs, fins, coupes_ = [], [], []
    for debut, mot in zip(debuts, ecrits, strict=True):
        if mot.isalnum():
            departs.append(debut)
            fins.append(debut + len(mot))
            coupes_.append(mot)
            continue
        for trouve in _JETON.finditer(mot):
            departs.append(debut + trouve.start())
            fins.append(debut + trouve.end())
            coupes_.append(trouve[0])
    return departs, fins, coupes_


def syllabes(mot: str) -> int:
    """Une syllabe est ici un groupe de voyelles ; un mot en a une au moins."""
    return max(len(_VOYELLES.findall(mot)), 1)


def jetons(texte: str) -> list[Jeton]:
    return [Jeton(t.start(), t.end(), t[0].lower()) for t in _JETON.finditer(texte)]


def coupes(texte: str) -> Iterator[Place]:
    """Les phrases, dans l’ordre, sans les espaces du bord. Un retour à la ligne en finit une.

    Un point d’abréviation, d’initiale ou de nombre n’en finit pas. Certaines n’ont pas un mot.
    """
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
