"""Les sigles d’une comparaison, expliqués là où le lecteur les rencontre d’abord.

Leur sens est celui qu’ont figé les bilans comparés. Dans une phrase, il suit le sigle ; sous un nom
(financeur, action, indicateur, volet), une ligne le dit sans changer le nom.
"""

from collections.abc import Iterator

from bilans.comparaison.formes import Comparaison, SigleDit
from bilans.langage import a_developper, expliquer
from bilans.mots import termes_des_sigles
from cls_platform.socle.typographie import INSECABLE


class Explications:
    """Un document : chaque sigle n’y est expliqué qu’une fois, dans l’ordre des appels."""

    def __init__(self, comparaison: Comparaison) -> None:
        self._termes = termes_des_sigles(dit.mot for dit in comparaison.sigles)
        self._deja: set[str] = set()

    def phrase(self, texte: str) -> str:
        return expliquer(texte, self._termes, self._deja)

    def nom(self, nom: str) -> tuple[str, ...]:
        """« ARS : agence régionale de santé », pour chaque sigle qu’il faut encore expliquer."""
        trouves = a_developper(nom, self._termes, self._deja)
        return tuple(f"{t.sigle}{INSECABLE}: {self._termes[t.sigle]}" for t in trouves)


def employes(comparaison: Comparaison) -> list[SigleDit]:
    """Ceux que l’on rencontre dans la comparaison, dans l’ordre de leur première rencontre."""
    dits = {dit.mot.sigle: dit for dit in comparaison.sigles}
    termes, deja = termes_des_sigles(dit.mot for dit in comparaison.sigles), set[str]()
    trouves = (t.sigle for texte in _textes(comparaison) for t in a_developper(texte, termes, deja))
    return [dits[sigle] for sigle in trouves]


def _textes(comparaison: Comparaison) -> Iterator[str]:
    """Tout ce qui s’y lit, dans l’ordre de la page."""
    for suivies in comparaison.annonces:
        for annonce in suivies.lignes:
            yield annonce.texte
            yield annonce.explication
    yield from comparaison.a_venir
    for indicateur in comparaison.indicateurs:
        yield from (indicateur.libelle, indicateur.ancien_libelle, indicateur.serie.source)
    for montants in (*comparaison.payeurs, *comparaison.usages):
        yield montants.nom
    for action in comparaison.actions:
        yield from (action.volet, action.titre, action.ancien_titre)
