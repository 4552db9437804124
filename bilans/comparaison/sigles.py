"""Les sigles d’une comparaison, expliqués là où le lecteur les rencontre d’abord.

Leur sens est celui qu’ont figé les bilans comparés. Dans une phrase, il suit le sigle ; sous un nom
(financeur, action, indicateur, volet), une ligne le dit sans changer le nom. « Assurance maladie
(CPAM) » n’explique pas « CPAM » : ses initiales n’y sont pas.
"""

from collections.abc import Iterator, Mapping

from bilans.comparaison.formes import Comparaison, SigleDit
from bilans.langage import Lexique, reperer
from bilans.langage.ecrits import forme_ecrite
from bilans.langage.sigles import Trouve
from bilans.mots import termes_des_sigles
from cls_platform.socle.typographie import INSECABLE


class Explications:
    """Un document : chaque sigle n’y est expliqué qu’une fois, dans l’ordre des appels."""

    def __init__(self, comparaison: Comparaison) -> None:
        self._termes = termes_des_sigles(dit.mot for dit in comparaison.sigles)
        self._deja: set[str] = set()

    def phrase(self, texte: str) -> str:
        """« L’ARS (agence …) », « (CPAM : caisse …) » ; devant une autre parenthèse, plus tard."""
        morceaux, fin = [], 0
        for trouve in self._a_expliquer(texte):
            if texte[trouve.fin : trouve.fin + 2].lstrip().startswith("("):
                continue
            self._deja.add(trouve.sigle)
            terme = self._termes[trouve.sigle]
            dedans = texte[: trouve.debut].endswith("(")
            morceaux += [
                texte[fin : trouve.fin],
                f"{INSECABLE}: {terme}" if dedans else f" ({terme})",
            ]
            fin = trouve.fin
        return "".join([*morceaux, texte[fin:]])

    def nom(self, nom: str) -> tuple[str, ...]:
        """« ARS : agence régionale de santé », pour chaque sigle qu’il faut encore expliquer."""
        notes = []
        for trouve in self._a_expliquer(nom):
            self._deja.add(trouve.sigle)
            notes.append(f"{trouve.sigle}{INSECABLE}: {self._termes[trouve.sigle]}")
        return tuple(notes)

    def _a_expliquer(self, texte: str) -> Iterator[Trouve]:
        """Ceux que rien n’a encore expliqués ; celui que ce texte développe l’est désormais."""
        for trouve in _reperes(texte, self._termes):
            if trouve.sigle in self._deja:
                continue
            if forme_ecrite(texte, trouve.debut, trouve.fin, trouve.sigle):
                self._deja.add(trouve.sigle)
            else:
                yield trouve


def _reperes(texte: str, termes: Mapping[str, str]) -> Iterator[Trouve]:
    if termes:
        trouves = reperer(texte, Lexique(sens=dict.fromkeys(termes, ())))
        yield from (trouve for trouve in trouves if trouve.sigle in termes)


def employes(comparaison: Comparaison) -> list[SigleDit]:
    """Ceux que l’on rencontre dans la comparaison, dans l’ordre de leur première rencontre."""
    dits = {dit.mot.sigle: dit for dit in comparaison.sigles}
    termes = termes_des_sigles(dit.mot for dit in comparaison.sigles)
    trouves = (t.sigle for texte in _textes(comparaison) for t in _reperes(texte, termes))
    return [dits[sigle] for sigle in dict.fromkeys(trouves)]


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
