"""Écrire le plan en OpenDocument : les actions, le mode d’emploi, les listes permises."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cls_platform.socle.tableur import ecriture_ods
from cls_platform.socle.tableur.feuille import Valeur
from contrats.tableur.mode_d_emploi import FEUILLE, LISTES, PHRASES, listes

if TYPE_CHECKING:
    from contrats.tableur.exportation import Tableau


def ecrire(nom: str, tableau: "Tableau") -> bytes:
    return ecriture_ods.ecrire(
        [
            (nom, tableau.entetes, tableau.lignes),
            (FEUILLE, [PHRASES[0]], ([phrase] for phrase in PHRASES[1:])),
            (LISTES, [entete for _, entete, _ in listes()], _lignes_permises()),
        ]
    )


def _lignes_permises() -> Iterator[list[Valeur]]:
    permis = list(listes())
    hauteur = max((len(valeurs) for _, _, valeurs in permis), default=0)
    for rang in range(hauteur):
        yield [valeurs[rang] if rang < len(valeurs) else None for _, _, valeurs in permis]
