"""Un texte saisi, découpé en paragraphes et en listes, sans en perdre un mot."""

import re
from collections.abc import Iterable
from itertools import groupby

from bilans.dossier.contenu import Champ, Passage
from cls_platform.socle.svg.trace import sans_interdits
from cls_platform.socle.typographie import typographier

_PUCE = re.compile(r"^\s*[-–—•*·▪]\s+")


def ecrit(texte: object) -> str:
    """Une ligne prête à poser."""
    return typographier(sans_interdits(str(texte))).strip()


def passages(texte: str) -> tuple[Passage, ...]:
    """Une ligne fait un paragraphe ; celles qui commencent par un tiret font une liste."""
    lignes = [ligne for ligne in texte.splitlines() if ligne.strip()]
    suites = groupby(lignes, key=lambda ligne: bool(_PUCE.match(ligne)))
    return tuple(
        Passage(
            tuple(ecrit(_PUCE.sub("", ligne) if est_liste else ligne) for ligne in suite), est_liste
        )
        for est_liste, suite in suites
    )


def champ(libelle: str, texte: str) -> Champ:
    return Champ(ecrit(libelle), passages(texte))


def liste(libelle: str, mots: Iterable[object]) -> Champ:
    """Plusieurs noms sur une ligne, séparés par des points-virgules s’ils portent des virgules."""
    ecrits = [ecrit(mot) for mot in mots]
    separateur = " ; " if any("," in mot for mot in ecrits) else ", "
    return Champ(ecrit(libelle), passages(separateur.join(ecrits)))
