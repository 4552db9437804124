"""Ce que l’on peut écrire à la place d’un terme : conjugué, daté, accordé avec son article."""

import re
from typing import NamedTuple

from bilans.langage import nombres
from bilans.langage.accords import article, majuscule, pluriel_de
from bilans.langage.conjugaison import conjuguer, lectures
from bilans.langage.lecture import Lecture
from bilans.langage.motifs import Motif
from bilans.langage.reglement import en_liste

_ANNEE = re.compile(r"\{annee(?:([+-])(\d|nombre))?\}")
# « Dès l’an prochain » devient « dès 2026 », et non « dès en 2026 »
_AVANT_UNE_ANNEE = en_liste("dès depuis pour avant après vers de d à jusqu")
_ESPACES = frozenset(" \u00a0\u202f\n'’")
# « subordonné à l’avis », « au vote », « aux avis » : ce que devient l’article
_PREPOSITIONS = {"à": "", "au": "le", "aux": "les", "de": "", "d": "", "du": "le", "des": "les"}
_CONTRACTIONS = {
    ("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux",
}  # fmt: skip


class Proposition(NamedTuple):
    """Le texte à mettre à la place de `longueur` signes depuis `debut`."""

    debut: int
    longueur: int
    texte: str

    @property
    def fin(self) -> int:
        return self.debut + self.longueur


class Endroit(NamedTuple):
    """Où le terme est : ses mots, de `rang` à `apres` exclu ; `premier` : où sa phrase commence."""

    lu: Lecture
    premier: int
    rang: int
    apres: int

    @property
    def debut(self) -> int:
        return self.lu.debuts[self.rang]

    @property
    def fin(self) -> int:
        return self.lu.fins[self.apres - 1]

    @property
    def formes(self) -> list[str]:
        return self.lu.formes[self.rang : self.apres]

    def avant(self, combien: int) -> list[str]:
        """Les formes des mots d’avant, dans la même phrase."""
        return self.lu.formes[max(self.rang - combien, self.premier) : self.rang]

    def proposer(self, ecrit: str, fin: int) -> Proposition:
        texte = majuscule(ecrit, comme=self.lu.texte[self.debut])
        return Proposition(self.debut, fin - self.debut, texte)


def proposer(motif: Motif, ici: Endroit, annee: int | None) -> Proposition | None:
    terme, fin = motif.terme, ici.fin
    if not terme.remplacement:
        return None
    if terme.regle == "date_relative":
        ecrit = _dater(terme.remplacement, ici.formes, annee)
        if not _AVANT_UNE_ANNEE.isdisjoint(ici.avant(1)):
            ecrit = ecrit.removeprefix("en ")
    elif motif.verbe:
        ecrit, fin = _contracter(_conjugue(motif, ici), ici)
    elif terme.nature == "FIXE":
        ecrit, fin = _contracter(terme.remplacement, ici)
    else:
        return _nominal(motif, ici)
    return ici.proposer(ecrit, fin) if ecrit.strip() else None


def _dater(modele: str, formes: list[str], annee: int | None) -> str:
    """Rien quand l’année du bilan, ou le nombre, n’est pas connu."""
    nombre = next((v for f in formes if (v := nombres.valeur(f)) is not None), None)
    if _ANNEE.search(modele) and annee is None:
        return ""
    if "nombre}" in modele and nombre is None:
        return ""

    def ecrire(trouve: re.Match[str]) -> str:
        ecart = 0 if not trouve[2] else (nombre or 0) if trouve[2] == "nombre" else int(trouve[2])
        return str((annee or 0) + (-ecart if trouve[1] == "-" else ecart))

    return _ANNEE.sub(ecrire, modele)


def _conjugue(motif: Motif, ici: Endroit) -> str:
    """Le remplacement à la forme du verbe trouvé ; rien si elle ne se dit pas (« fait durer »)."""
    forme = lectures(motif.verbe)[ici.lu.formes[ici.rang + motif.rang_du_verbe]]
    verbe, espace, reste = motif.terme.remplacement.partition(" ")
    if verbe == "faire" and forme.temps == "participe":
        return ""
    return f"{conjuguer(verbe, forme)}{espace}{reste}"


def _contracter(ecrit: str, ici: Endroit) -> tuple[str, int]:
    """« Est subordonné au vote » devient « dépend du vote ». Rend aussi où finit ce qu’on ôte."""
    dernier, apres = ici.lu.formes[ici.apres - 1], ici.fin
    if ici.apres - ici.rang < 2 or dernier not in _PREPOSITIONS:
        return ecrit, apres
    place = _PREPOSITIONS[dernier]
    tete, espace, fin = ecrit.rpartition(" ")
    if espace and fin in {"de", "à"}:
        contracte = _CONTRACTIONS.get((fin, place), f"{fin} {place}".strip())
        return f"{tete} {contracte}", apres
    if place:
        return f"{ecrit} {place}", apres
    elide = ici.lu.texte[apres : apres + 1] in {"'", "’"}
    return (f"{ecrit} ", apres + 1) if elide else (ecrit, apres)


def _nominal(motif: Motif, ici: Endroit) -> Proposition:
    """Le nom au même nombre ; son article s’accorde quand on connaît le genre du remplacement."""
    terme = motif.terme
    pluriel = terme.nature == "NOM" and ici.formes[0] != motif.premier
    ecrit = pluriel_de(terme.remplacement, pluriel=pluriel)
    avant = ici.avant(2)
    accorde = article(avant, ecrit, genre=terme.genre, pluriel=pluriel) if terme.genre else None
    if accorde is None or not _colle(ici, accorde.mots):
        return ici.proposer(ecrit, ici.fin)
    depart = ici.lu.debuts[ici.rang - accorde.mots]
    ecrit = majuscule(f"{accorde.texte}{ecrit}", comme=ici.lu.texte[depart])
    return Proposition(depart, ici.fin - depart, ecrit)


def _colle(ici: Endroit, mots: int) -> bool:
    """Vrai si seule une espace ou une apostrophe sépare l’article du nom."""
    lu, rangs = ici.lu, range(ici.rang - mots + 1, ici.rang + 1)
    liens = (lu.texte[lu.fins[r - 1] : lu.debuts[r]] for r in rangs)
    return all(len(lien) == 1 and lien in _ESPACES for lien in liens)
