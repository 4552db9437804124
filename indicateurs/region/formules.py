"""Les indicateurs d’une région que leurs contrats calculent par une formule.

La formule d’un contrat n’est pas celle du voisin : chacune se calcule chez elle, puis ses deux
nombres, ou son total, se joignent aux autres. Encore faut-il que ses termes s’additionnent d’un
contrat à l’autre : une somme, un rapport de sommes. Sinon la valeur se lit, mais ne se réunit pas.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from contrats.models import Contrat
from indicateurs.calcul.formule import lies_a_une_action
from indicateurs.calcul.lecture import lire_les_saisies
from indicateurs.calcul.pilotage.comptes import compter
from indicateurs.calcul.pilotage.vue import Vue
from indicateurs.calcul.repertoire import Repertoire
from indicateurs.calcul.resolution import Calculees, resoudre
from indicateurs.calcul.syntaxe import Citation, Constante, Expression
from indicateurs.models import Agregation, Calcul, Indicateur, NiveauIndicateur, TypeIndicateur

PLUS_GRANDS = (NiveauIndicateur.DEPARTEMENT, NiveauIndicateur.REGION)


class Nature(Enum):
    """Ce que devient un calcul quand on réunit plusieurs contrats."""

    CONSTANTE = "un nombre écrit dans la formule"
    TOTAL = "les contrats s’additionnent"
    RAPPORT = "les numérateurs s’additionnent, et les dénominateurs"
    AUTRE = "rien ne s’additionne"


@dataclass(frozen=True, slots=True)
class Formules:
    """`lues` : les séries de tout ce qu’il a fallu lire. `repertoires` : contrat → le sien."""

    lues: Calculees
    repertoires: Mapping[UUID, Repertoire]

    def s_additionne(self, indicateur: Indicateur) -> bool:
        repertoire = self.repertoires[indicateur.contrat_id]
        attendue = Nature.RAPPORT if indicateur.est_ratio else Nature.TOTAL
        return _nature_de(indicateur.pk, repertoire) is attendue


def lire_les_formules(
    formules: Sequence[Indicateur], contrats: Iterable[Contrat], le: date
) -> Formules:
    """Le nombre de requêtes ne dépend ni des contrats, ni des formules."""
    repertoires = _repertoires({i.contrat_id for i in formules})
    utiles = {
        pk: repertoires[formule.contrat_id].indicateurs[pk]
        for formule in formules
        for pk in repertoires[formule.contrat_id].fermeture([formule.pk])
    }
    saisis = {pk: i for pk, i in utiles.items() if i.calcul == Calcul.SAISIE}
    lues = lire_les_saisies(saisis, {pk: i.contrat_id for pk, i in saisis.items()}, le)
    _compter(utiles.values(), [c for c in contrats if c.pk in repertoires], lues, le)
    for formule in formules:
        resoudre(repertoires[formule.contrat_id], [formule.pk], lues)
    return Formules(lues, repertoires)


def _repertoires(contrats: Iterable[UUID]) -> dict[UUID, Repertoire]:
    """Deux requêtes pour tous."""
    siens: dict[UUID, dict[UUID, Indicateur]] = defaultdict(dict)
    for indicateur in Indicateur.objects.filter(contrat__in=list(contrats)).dans_l_ordre():
        siens[indicateur.contrat_id][indicateur.pk] = indicateur
    lies = frozenset(lies_a_une_action(pk for lus in siens.values() for pk in lus))
    return {contrat: Repertoire(lus, lies & lus.keys()) for contrat, lus in siens.items()}


def _compter(
    utiles: Iterable[Indicateur], contrats: Sequence[Contrat], lues: Calculees, le: date
) -> None:
    comptes = [i for i in utiles if i.calcul == Calcul.PILOTAGE]
    points = compter(Vue(contrats, le), {i.pilotage for i in comptes}) if comptes else {}
    for i in comptes:
        siens = points.get((i.contrat_id, i.pilotage), {})
        lues.releves[i.pk] = tuple(siens[annee].releve for annee in sorted(siens))


def _nature_de(pk: UUID, repertoire: Repertoire) -> Nature:
    """Celle d’un indicateur : de sa formule s’il en a une, de son agrégation sinon."""
    indicateur = repertoire.indicateurs[pk]
    if indicateur.calcul == Calcul.FORMULE:
        if pk not in repertoire.expressions or repertoire.boucle(pk):
            return Nature.AUTRE
        return nature(repertoire.expressions[pk], repertoire)
    if indicateur.type == TypeIndicateur.CONTEXTE or indicateur.niveau in PLUS_GRANDS:
        return Nature.AUTRE
    natures = {Agregation.SOMME.value: Nature.TOTAL, Agregation.RATIO.value: Nature.RAPPORT}
    return natures.get(indicateur.agregation, Nature.AUTRE)


def nature(expression: Expression, repertoire: Repertoire) -> Nature:
    """De quoi est faite une formule qui se lit et ne boucle pas."""
    if isinstance(expression, Constante):
        return Nature.CONSTANTE
    if isinstance(expression, Citation):
        natures = {_nature_de(pk, repertoire) for pk in repertoire.cites(expression)}
        return natures.pop() if len(natures) == 1 else Nature.AUTRE
    gauche = nature(expression.gauche, repertoire)
    return COMPOSEES.get(
        (expression.signe, gauche, nature(expression.droite, repertoire)), Nature.AUTRE
    )


_NOMBRE, _TOTAL = Nature.CONSTANTE, Nature.TOTAL
# Tout autre mélange ne s’additionne pas : un total plus 3 compterait 3 par contrat
COMPOSEES: dict[tuple[str, Nature, Nature], Nature] = {
    **{(signe, _NOMBRE, _NOMBRE): _NOMBRE for signe in "+-*/"},
    ("+", _TOTAL, _TOTAL): _TOTAL,
    ("-", _TOTAL, _TOTAL): _TOTAL,
    ("*", _NOMBRE, _TOTAL): _TOTAL,
    ("*", _TOTAL, _NOMBRE): _TOTAL,
    ("/", _TOTAL, _NOMBRE): _TOTAL,
    ("/", _TOTAL, _TOTAL): Nature.RAPPORT,
}
