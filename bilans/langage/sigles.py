"""Les sigles d’un texte : lesquels sont expliqués, lesquels restent à trancher.

Un sigle est un mot entier, en capitales exactes, d’au moins deux lettres ; son pluriel est ignoré ;
une adresse n’en contient pas. Un sigle à plusieurs sens se demande toujours. Sans décision, un
sigle ambigu ou inconnu bloque la publication.
"""

import re
import sys
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bilans.langage.decoupe import Place
from bilans.langage.ecrits import forme_ecrite, plier
from bilans.langage.lecture import Lecture, lire
from bilans.langage.lexique import LAISSE, Decision, Definition, Lexique

LE_PLUS_LONG = 9
MOTS_D_UNE_LIGNE_CRIEE = 3
LOIN = sys.maxsize
_POINTE = re.compile(r"[A-Z](?<![\w.].)\.(?:[A-Z]\.){2,11}")


class EtatSigle(StrEnum):
    CONNU = "CONNU"
    ECRIT = "ECRIT"
    TRANCHE = "TRANCHE"
    LAISSE = "LAISSE"
    AMBIGU = "AMBIGU"
    INCONNU = "INCONNU"


A_TRANCHER = frozenset({EtatSigle.AMBIGU, EtatSigle.INCONNU})


class Trouve(NamedTuple):
    """Un sigle à sa place ; `sigle` est sans pluriel et sans points (« C.L.S. » donne « CLS »)."""

    sigle: str
    debut: int
    fin: int


@dataclass(frozen=True, slots=True)
class SigleLu:
    """Un sigle du document. `sens` : ceux que le lexique connaît, le plus probable d’abord.
    `textes` : les rangs des textes où il paraît, le premier d’abord."""

    sigle: str
    etat: EtatSigle
    definition: Definition | None
    sens: tuple[Definition, ...]
    textes: tuple[int, ...]
    decision: Decision | None = None

    @property
    def version(self) -> int:
        """Celle de la décision ; 0 quand personne n’a tranché."""
        return self.decision.version if self.decision else 0

    @property
    def est_a_trancher(self) -> bool:
        return self.etat in A_TRANCHER


@dataclass(frozen=True, slots=True)
class Sigles:
    """Les sigles d’un document, dans l’ordre alphabétique."""

    lus: tuple[SigleLu, ...] = ()

    @property
    def expliques(self) -> tuple[Definition, ...]:
        return tuple(lu.definition for lu in self.lus if lu.definition)

    @property
    def ambigus(self) -> tuple[str, ...]:
        return tuple(lu.sigle for lu in self.lus if lu.etat == EtatSigle.AMBIGU)

    @property
    def inconnus(self) -> tuple[str, ...]:
        return tuple(lu.sigle for lu in self.lus if lu.etat == EtatSigle.INCONNU)

    @property
    def laisses(self) -> tuple[str, ...]:
        return tuple(lu.sigle for lu in self.lus if lu.etat == EtatSigle.LAISSE)

    @property
    def a_trancher(self) -> tuple[SigleLu, ...]:
        return tuple(lu for lu in self.lus if lu.est_a_trancher)

    @property
    def bloquent(self) -> bool:
        return bool(self.a_trancher)

    def get(self, sigle: str) -> SigleLu | None:
        return next((lu for lu in self.lus if lu.sigle == sigle), None)


def reperer(texte: str | Lecture, lexique: Lexique) -> list[Trouve]:
    """Les sigles d’un texte, dans l’ordre, chacun autant de fois qu’il paraît."""
    lu = lire(texte)
    trouves = [*_pointes(lu.masque, lexique), *_en_capitales(lu, lexique)]
    return sorted(trouves, key=lambda t: t.debut)


def _pointes(masque: str, lexique: Lexique) -> Iterator[Trouve]:
    for trouve in _POINTE.finditer(masque):
        sigle = trouve[0].replace(".", "")
        if sigle not in lexique.admis:
            yield Trouve(sigle, trouve.start(), trouve.end())


def _en_capitales(lu: Lecture, lexique: Lexique) -> Iterator[Trouve]:
    criees: list[Place] | None = None
    sens = lexique.sens
    for rang in [r for r, mot in enumerate(lu.ecrits) if mot in sens or not mot.islower()]:
        sigle = _nu(lu.ecrits[rang], lexique)
        if not sigle or sigle in lexique.admis:
            continue
        if sigle not in sens:
            criees = lignes_criees(lu, lexique.cries) if criees is None else criees
            if _est_crie(sigle, lu.debuts[rang], criees):
                continue
        yield Trouve(sigle, lu.debuts[rang], lu.fins[rang])


def _nu(mot: str, lexique: Lexique) -> str:
    """Le sigle sans son « s », ou rien si le mot n’en est pas un."""
    if mot in lexique.sens:
        return mot
    nu = mot[:-1] if mot.endswith("s") else mot
    if len(nu) < 2 or not nu.isupper() or not nu[0].isalpha():
        return ""
    return nu if len(nu) > 40 or sum(map(str.isalpha, nu)) > 1 else ""


def _est_crie(sigle: str, debut: int, criees: Sequence[Place]) -> bool:
    """Un mot long, ou une ligne entière, en capitales : on crie, ce n’est pas un sigle."""
    if len(sigle) > LE_PLUS_LONG and sigle.isalpha():
        return True
    rang = bisect_right(criees, (debut, LOIN)) - 1
    return rang >= 0 and criees[rang].debut <= debut < criees[rang].fin


def lignes_criees(lu: Lecture, petits_mots: Collection[str]) -> list[Place]:
    """Les phrases tout en capitales, petits mots compris : « LES ACTIONS DE LA VILLE »."""
    return [
        Place(phrase.debut, phrase.fin)
        for phrase in (lu.phrases if petits_mots else ())
        if phrase.apres - phrase.premier >= MOTS_D_UNE_LIGNE_CRIEE
        and lu.masque[phrase.debut : phrase.fin].isupper()
        and any(forme in petits_mots for forme in lu.formes[phrase.premier : phrase.apres])
    ]


def relever(
    textes: Iterable[str | Lecture],
    lexique: Lexique,
    decisions: Mapping[str, Decision] | None = None,
    contextes: Collection[str] = frozenset(),
) -> Sigles:
    """L’état de chaque sigle. `contextes` : les thèmes du document, qui rangent les sens."""
    places: dict[str, dict[int, None]] = {}
    ecrits: dict[str, str] = {}
    for rang, texte in enumerate(textes):
        lu = lire(texte)
        peut_expliquer = "(" in lu.texte
        for trouve in reperer(lu, lexique):
            places.setdefault(trouve.sigle, {})[rang] = None
            if peut_expliquer and trouve.sigle not in ecrits:
                ecrit = forme_ecrite(lu.texte, trouve.debut, trouve.fin, trouve.sigle)
                if ecrit:
                    ecrits[trouve.sigle] = ecrit
    lus = (
        _lire(sigle, tuple(rangs), lexique, (decisions or {}).get(sigle), ecrits.get(sigle, ""))
        for sigle, rangs in places.items()
    )
    return Sigles(tuple(sorted((_ordonner(lu, contextes) for lu in lus), key=lambda lu: lu.sigle)))


def _lire(
    sigle: str, rangs: tuple[int, ...], lexique: Lexique, decision: Decision | None, ecrit: str
) -> SigleLu:
    sens = tuple(lexique.sens.get(sigle, ()))
    if decision:
        etat = EtatSigle.LAISSE if decision.choix == LAISSE else EtatSigle.TRANCHE
        return SigleLu(sigle, etat, decision.definition, sens, rangs, decision)
    if len(sens) == 1:
        return SigleLu(sigle, EtatSigle.CONNU, sens[0], sens, rangs)
    if ecrit:
        return SigleLu(sigle, EtatSigle.ECRIT, _du_texte(sigle, ecrit, sens), sens, rangs)
    return SigleLu(sigle, EtatSigle.AMBIGU if sens else EtatSigle.INCONNU, None, sens, rangs)


def _du_texte(sigle: str, ecrit: str, sens: tuple[Definition, ...]) -> Definition:
    """Le sens que l’auteur a écrit : celui du lexique s’il dit la même chose."""
    connu = next((d for d in sens if plier(d.terme) == plier(ecrit)), None)
    return connu or Definition(sigle, f"{ecrit[:1].upper()}{ecrit[1:]}")


def _ordonner(lu: SigleLu, contextes: Collection[str]) -> SigleLu:
    if len(lu.sens) < 2 or not contextes:
        return lu
    sens = tuple(sorted(lu.sens, key=lambda d: d.contexte not in contextes))
    return SigleLu(lu.sigle, lu.etat, lu.definition, sens, lu.textes, lu.decision)


def expliquer(texte: str, termes: Mapping[str, str], deja: set[str]) -> str:
    """Développe chaque sigle à sa première rencontre : « la CPTS (communauté …) ».

    `deja` se remplit : le même ensemble sert à tout le document. Un sigle entre parenthèses, ou
    suivi d’une parenthèse, est tenu pour expliqué.
    """
    if not termes:
        return texte
    morceaux, fin = [], 0
    lexique = Lexique(sens=dict.fromkeys(termes, ()))
    for trouve in reperer(texte, lexique):
        if trouve.sigle not in termes or trouve.sigle in deja:
            continue
        deja.add(trouve.sigle)
        if texte[: trouve.debut].endswith("(") or _suivi_d_une_parenthese(texte, trouve.fin):
            continue
        morceaux += [texte[fin : trouve.fin], f" ({termes[trouve.sigle]})"]
        fin = trouve.fin
    return "".join([*morceaux, texte[fin:]])


def _suivi_d_une_parenthese(texte: str, place: int) -> bool:
    return texte[place : place + 2].lstrip().startswith("(")
