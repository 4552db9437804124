"""Le glossaire public : les sigles et les mots de métier, par lettre, cherchés sans accent.

Un sigle dont le sens est défini comme un mot y renvoie : la définition n’est écrite qu’une fois.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bilans.langage import Definition
from bilans.langage.ecrits import plier
from bilans.mots import MotConnu

AUTRES = "0-9"


@dataclass(frozen=True, slots=True)
class Sens:
    """Ce que veut dire un sigle. `vers` : l’ancre du mot qui le définit, s’il est dans la page."""

    terme: str
    explication: str = ""
    vers: str = ""


@dataclass(frozen=True, slots=True)
class Entree:
    """Un sigle et ses sens, ou un mot (`sigle` l’abrège), sa définition et d’où elle vient."""

    nom: str
    ancre: str
    sens: tuple[Sens, ...] = ()
    sigle: str = ""
    definition: str = ""
    source: str = ""

    @property
    def lettre(self) -> str:
        initiale = plier(self.nom)[:1].upper()
        return initiale if initiale.isalpha() else AUTRES


@dataclass(frozen=True, slots=True)
class Lettre:
    nom: str
    entrees: tuple[Entree, ...]

    @property
    def ancre(self) -> str:
        return f"lettre-{self.nom}"


def glossaire(
    sens: Mapping[str, Sequence[Definition]], mots: Iterable[MotConnu], recherche: str = ""
) -> list[Lettre]:
    """Dans l’ordre alphabétique du français ; chaque mot cherché est quelque part dans l’entrée."""
    cherches = plier(recherche).split()
    toutes = [*_des_mots(mots, sens), *_des_sigles(sens)]
    gardees = [e for e in toutes if all(mot in _dit(e) for mot in cherches)]
    liees = _relier(gardees)
    rangees = sorted(liees, key=lambda e: (e.lettre == AUTRES, _ordre(e.nom), e.ancre))
    return [Lettre(nom, tuple(groupe)) for nom, groupe in groupby(rangees, lambda e: e.lettre)]


def _ordre(nom: str) -> str:
    return plier(nom).replace("’", " ").replace("-", " ")


def _des_mots(
    mots: Iterable[MotConnu], sens: Mapping[str, Sequence[Definition]]
) -> Iterable[Entree]:
    sigles = {plier(d.terme): sigle for sigle, definitions in sens.items() for d in definitions}
    for mot in mots:
        ancre = f"mot-{plier(mot.terme).replace(' ', '-')}"
        sigle = sigles.get(plier(mot.terme), "")
        yield Entree(mot.terme, ancre, sigle=sigle, definition=mot.definition, source=mot.source)


def _des_sigles(sens: Mapping[str, Sequence[Definition]]) -> Iterable[Entree]:
    for sigle, definitions in sens.items():
        dits = tuple(Sens(d.terme, d.explication) for d in definitions)
        yield Entree(sigle, f"sigle-{sigle.replace(' ', '-')}", sens=dits)


def _dit(entree: Entree) -> str:
    """Tout ce que l’on y lit, sans accent ni majuscule."""
    sens = (f"{s.terme} {s.explication}" for s in entree.sens)
    return plier(" ".join((entree.nom, entree.sigle, entree.definition, *sens)))


def _relier(entrees: Sequence[Entree]) -> list[Entree]:
    ancres = {plier(e.nom): e.ancre for e in entrees if not e.sens}
    return [
        replace(e, sens=tuple(replace(s, vers=ancres.get(plier(s.terme), "")) for s in e.sens))
        for e in entrees
    ]
