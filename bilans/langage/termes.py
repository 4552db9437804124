"""Reconnaître les termes à remplacer, à toutes leurs formes, et proposer le mot simple accordé."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bilans.langage import nombres
from bilans.langage.accords import (
    accords_de_l_adjectif,
    article,
    majuscule,
    pluriel_de,
    pluriels,
)
from bilans.langage.conjugaison import conjuguer, formes, lectures
from bilans.langage.decoupe import Jeton, jetons, masquer
from bilans.langage.ecrits import PETITS_MOTS
from bilans.langage.reglement import Terme, en_liste

_ELEMENT = re.compile(r"\{nombre\}|\{duree\}|[^\W_]++")
_ANNEE = re.compile(r"\{annee(?:([+-])(\d|nombre))?\}")
# « Dès l’an prochain » devient « dès 2026 », et non « dès en 2026 »
_AVANT_UNE_ANNEE = en_liste("dès depuis pour avant après vers de d à jusqu")
_ESPACES = frozenset(" \u00a0\u202f\n'’")
_TRAITS = frozenset("-\u2011")
NOMBRE, DUREE = "{nombre}", "{duree}"
_DETERMINANTS = en_liste(
    "un une des de d la le les l cette ce cet ces sa son ses leur leurs notre nos votre "
    "vos plusieurs quelques toute tout"
)
# Ce qui vaut pour ce mot après le verbe : « prendre une décision », « des décisions »
_VARIANTES = {
    **dict.fromkeys(("un", "une", "des", "le", "la"), _DETERMINANTS),
    "à": en_liste("à au aux"),
    "de": en_liste("de d du des"),
}
# « subordonné à l’avis », « au vote », « aux avis » : ce que devient l’article
_PREPOSITIONS = {"à": "", "au": "le", "aux": "les", "de": "", "d": "", "du": "le", "des": "les"}
_CONTRACTIONS = {
    ("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Motif:
    """Un terme prêt à chercher : pour chaque mot, ses formes, et si un trait d’union le précède."""

    terme: Terme
    formes: tuple[frozenset[str], ...]
    traits: tuple[bool, ...]
    verbe: int


@dataclass(frozen=True, slots=True)
class Proposition:
    """Le texte à mettre à la place de `longueur` signes depuis `debut`."""

    debut: int
    longueur: int
    texte: str

    @property
    def fin(self) -> int:
        return self.debut + self.longueur


@dataclass(frozen=True, slots=True)
class TermeTrouve:
    terme: Terme
    debut: int
    fin: int
    proposition: Proposition | None


@lru_cache(maxsize=8)
def motifs(termes: tuple[Terme, ...]) -> dict[str, tuple[Motif, ...]]:
    """Les motifs rangés par leur premier mot, le plus long d’abord. Calculé une fois par liste."""
    par_mot: dict[str, list[Motif]] = defaultdict(list)
    for terme in termes:
        motif = _motif(terme)
        if motif:
            for mot in motif.formes[0]:
                par_mot[mot].append(motif)
    return {
        mot: tuple(sorted(liste, key=lambda m: -len(m.formes))) for mot, liste in par_mot.items()
    }


def _motif(terme: Terme) -> Motif | None:
    trouves = list(_ELEMENT.finditer(terme.terme.lower()))
    if not trouves or trouves[0][0] in {NOMBRE, DUREE}:
        return None
    elements = [t[0] for t in trouves]
    verbe = next((r for r, e in enumerate(elements) if e not in {"se", "s"}), 0)
    traits = tuple(
        rang > 0 and terme.terme[t.start() - 1] in _TRAITS for rang, t in enumerate(trouves)
    )
    toutes = [_formes(e, terme, rang, verbe) for rang, e in enumerate(elements)]
    if terme.nature == "FIXE" and elements[-1] in {"à", "de"}:
        toutes[-1] = _VARIANTES[elements[-1]]
    return Motif(terme, tuple(toutes), traits, verbe if terme.nature == "VERBE" else -1)


def _formes(element: str, terme: Terme, rang: int, verbe: int) -> frozenset[str]:
    if terme.nature == "VERBE" and rang <= verbe:
        return frozenset(formes(element).values()) if rang == verbe else frozenset({"se", "s"})
    if terme.nature == "VERBE" and element in _VARIANTES:
        return _VARIANTES[element]
    if element in {NOMBRE, DUREE, *PETITS_MOTS} or terme.nature == "FIXE":
        return frozenset({element})
    return pluriels(element) if terme.nature == "NOM" else accords_de_l_adjectif(element)


def chercher(
    texte: str, lus: Sequence[Jeton], par_mot: Mapping[str, tuple[Motif, ...]], annee: int | None
) -> Iterator[TermeTrouve]:
    """Les termes de ces mots, le plus long d’abord, sans que deux se chevauchent."""
    rang = 0
    while rang < len(lus):
        trouve = _essayer(texte, lus, rang, par_mot.get(lus[rang].forme, ()), annee)
        if trouve:
            yield trouve[0]
            rang += trouve[1]
        else:
            rang += 1


def employes(texte: str, termes: tuple[Terme, ...]) -> list[str]:
    """Les codes des termes que le texte emploie, dans l’ordre de leur première rencontre."""
    masque = masquer(texte)
    trouves = chercher(texte, jetons(masque), motifs(termes), None)
    return list(dict.fromkeys(trouve.terme.code for trouve in trouves))


def _essayer(
    texte: str, lus: Sequence[Jeton], rang: int, candidats: tuple[Motif, ...], annee: int | None
) -> tuple[TermeTrouve, int] | None:
    for motif in candidats:
        pris = lus[rang : rang + len(motif.formes)]
        if len(pris) == len(motif.formes) and _convient(texte, motif, pris):
            proposition = _proposer(texte, motif, lus, rang, annee)
            place = TermeTrouve(motif.terme, pris[0].debut, pris[-1].fin, proposition)
            return place, len(pris)
    return None


def _convient(texte: str, motif: Motif, pris: Sequence[Jeton]) -> bool:
    for position, (jeton, admises) in enumerate(zip(pris, motif.formes, strict=True)):
        if position:
            lien = texte[pris[position - 1].fin : jeton.debut]
            permis = _TRAITS if motif.traits[position] else _ESPACES
            if not lien or len(lien) > 2 or any(signe not in permis for signe in lien):
                return False
        if jeton.forme not in admises and not _tient_lieu(jeton.forme, admises):
            return False
    return True


def _tient_lieu(mot: str, admises: frozenset[str]) -> bool:
    if NOMBRE in admises:
        return nombres.est_un_nombre(mot)
    return DUREE in admises and mot in nombres.DUREES


def _proposer(
    texte: str, motif: Motif, lus: Sequence[Jeton], rang: int, annee: int | None
) -> Proposition | None:
    pris = lus[rang : rang + len(motif.formes)]
    debut, fin = pris[0].debut, pris[-1].fin
    terme = motif.terme
    if not terme.remplacement:
        return None
    if terme.regle == "date_relative":
        ecrit = _dater(terme.remplacement, pris, annee)
        if rang and lus[rang - 1].forme in _AVANT_UNE_ANNEE:
            ecrit = ecrit.removeprefix("en ")
    elif motif.verbe >= 0:
        ecrit, fin = _contracter(texte, _conjugue(motif, pris), pris)
    elif terme.nature == "FIXE":
        ecrit, fin = _contracter(texte, terme.remplacement, pris)
    else:
        return _nominal(texte, terme, lus, rang, len(pris))
    if not ecrit.strip():
        return None
    return Proposition(debut, fin - debut, majuscule(ecrit, comme=texte[debut]))


def _dater(modele: str, pris: Sequence[Jeton], annee: int | None) -> str:
    """Rien quand l’année du bilan, ou le nombre, n’est pas connu."""
    nombre = next((v for j in pris if (v := nombres.valeur(j.forme)) is not None), None)
    if _ANNEE.search(modele) and annee is None:
        return ""
    if "nombre}" in modele and nombre is None:
        return ""

    def ecrire(trouve: re.Match[str]) -> str:
        ecart = 0 if not trouve[2] else (nombre or 0) if trouve[2] == "nombre" else int(trouve[2])
        return str((annee or 0) + (-ecart if trouve[1] == "-" else ecart))

    return _ANNEE.sub(ecrire, modele)


def _conjugue(motif: Motif, pris: Sequence[Jeton]) -> str:
    """Le remplacement à la forme du verbe trouvé ; rien si elle ne se dit pas (« fait durer »)."""
    infinitif = _ELEMENT.findall(motif.terme.terme.lower())[motif.verbe]
    forme = lectures(infinitif)[pris[motif.verbe].forme]
    verbe, espace, reste = motif.terme.remplacement.partition(" ")
    if verbe == "faire" and forme.temps == "participe":
        return ""
    return f"{conjuguer(verbe, forme)}{espace}{reste}"


def _contracter(texte: str, ecrit: str, pris: Sequence[Jeton]) -> tuple[str, int]:
    """« Est subordonné au vote » devient « dépend du vote ». Rend aussi où finit ce qu’on ôte."""
    dernier = pris[-1]
    if len(pris) < 2 or dernier.forme not in _PREPOSITIONS:
        return ecrit, dernier.fin
    place = _PREPOSITIONS[dernier.forme]
    tete, espace, fin = ecrit.rpartition(" ")
    if espace and fin in {"de", "à"}:
        contracte = _CONTRACTIONS.get((fin, place), f"{fin} {place}".strip())
        return f"{tete} {contracte}", dernier.fin
    if place:
        return f"{ecrit} {place}", dernier.fin
    elide = texte[dernier.fin : dernier.fin + 1] in {"'", "’"}
    return (f"{ecrit} ", dernier.fin + 1) if elide else (ecrit, dernier.fin)


def _nominal(
    texte: str, terme: Terme, lus: Sequence[Jeton], rang: int, longueur: int
) -> Proposition:
    """Le nom au même nombre ; son article s’accorde quand on connaît le genre du remplacement."""
    pris = lus[rang : rang + longueur]
    premier = _ELEMENT.findall(terme.terme.lower())[0]
    pluriel = terme.nature == "NOM" and pris[0].forme != premier
    ecrit = pluriel_de(terme.remplacement, pluriel=pluriel)
    debut, fin = pris[0].debut, pris[-1].fin
    avant = [j.forme for j in lus[max(rang - 2, 0) : rang]]
    accorde = article(avant, ecrit, genre=terme.genre, pluriel=pluriel) if terme.genre else None
    if accorde is None:
        return Proposition(debut, fin - debut, majuscule(ecrit, comme=texte[debut]))
    depart = lus[rang - accorde.mots].debut
    if not _colle(texte, lus, rang, accorde.mots):
        return Proposition(debut, fin - debut, majuscule(ecrit, comme=texte[debut]))
    ecrit = majuscule(f"{accorde.texte}{ecrit}", comme=texte[depart])
    return Proposition(depart, fin - depart, ecrit)


def _colle(texte: str, lus: Sequence[Jeton], rang: int, mots: int) -> bool:
    """Vrai si seule une espace ou une apostrophe sépare l’article du nom."""
    liens = (texte[lus[r - 1].fin : lus[r].debut] for r in range(rang - mots + 1, rang + 1))
    return all(len(lien) == 1 and lien in _ESPACES for lien in liens)
