"""Accepter une formule, ou dire ce qui ne va pas, à quelle colonne et comment l’écrire."""

import difflib
from collections.abc import Iterator
from typing import Any

from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Contrat
from indicateurs.calcul.repertoire import BOUCLE, Repertoire
from indicateurs.calcul.syntaxe import (
    SOMME,
    Citation,
    Constante,
    Expression,
    FormuleIllisible,
    Operation,
    analyser,
    citations,
)
from indicateurs.models import Agregation, Calcul, Indicateur

AIDE = (
    "Citez les indicateurs du contrat par leur code, entre crochets s’il contient un espace ou un "
    f"trait d’union\u00a0: A02 / A01, (A02 + [A-03]) * 2, {SOMME}(A02). Un pourcentage y vaut sa "
    "proportion\u00a0: 42 % compte pour 0,42."
)
SANS_CODE = "Cette formule ne cite aucun indicateur. Citez-en un par son code, par exemple A02."
RAPPORT_ATTENDU = (
    "D’un rapport, la formule est une division, par exemple A02 / A01\u00a0: le numérateur puis "
    "le dénominateur."
)
RAPPORT_DEVINE = (
    "Cette formule divise deux nombres\u00a0: choisissez l’agrégation «\u00a0Rapport de deux "
    "nombres\u00a0» ou «\u00a0Ne s’additionne pas\u00a0», sinon des rapports s’ajouteraient."
)


def verifier(texte: str, indicateur: Indicateur) -> list[str]:
    """Les avertissements d’une formule acceptée. Lève DonneesRefusees sur le champ `formule`.

    `indicateur` peut n’être pas encore en base ; son contrat, son code et son agrégation comptent.
    """
    try:
        lue = analyser(texte)
    except FormuleIllisible as erreur:
        raise refus(str(erreur)) from erreur
    repertoire = _avec(repertoire_de(indicateur.contrat), indicateur, texte)
    cites = list(citations(lue))
    if not cites:
        raise refus(SANS_CODE)
    for citation in cites:
        _exiger_connu(citation, repertoire)
    if boucle := repertoire.boucle(indicateur.pk):
        raise refus(
            BOUCLE.format(repertoire.nommer(boucle)) + " Retirez l’un de ces codes des formules."
        )
    _exiger_l_agregation(lue, indicateur, repertoire)
    return list(dict.fromkeys(_avertissements(lue, indicateur, repertoire)))


def refus(phrase: str) -> DonneesRefusees:
    return DonneesRefusees(phrase, champs={"formule": [phrase]})


def repertoire_de(contrat: Contrat) -> Repertoire:
    """Deux requêtes : les indicateurs du contrat, ceux qui mesurent une action du plan."""
    siens = {i.pk: i for i in contrat.indicateurs.dans_l_ordre()}
    return Repertoire(siens, frozenset(lies_a_une_action(siens)))


def lies_a_une_action(indicateurs: Any) -> Iterator[Any]:
    """Une fiche à la corbeille n’est plus dans le plan."""
    liens = Indicateur.actions.through.objects.filter(
        indicateur__in=list(indicateurs), action__corbeille_le=None
    )
    yield from liens.order_by().values_list("indicateur_id", flat=True).distinct()


def formules_qui_citent(indicateur: Indicateur) -> list[Indicateur]:
    """Celles du contrat qui n’auraient plus de valeur sans lui."""
    repertoire = repertoire_de(indicateur.contrat)
    return [
        repertoire.indicateurs[pk]
        for pk in repertoire.expressions
        if indicateur.pk in repertoire.dependances(pk)
    ]


def _avec(repertoire: Repertoire, indicateur: Indicateur, texte: str) -> Repertoire:
    """Le répertoire tel qu’il serait avec cette formule."""
    essai = Indicateur(
        pk=indicateur.pk,
        code=indicateur.code,
        libelle=indicateur.libelle,
        modele_id=indicateur.modele_id,
        agregation=indicateur.agregation,
        unite=indicateur.unite,
        calcul=Calcul.FORMULE,
        formule=texte,
    )
    return Repertoire({**repertoire.indicateurs, essai.pk: essai}, repertoire.lies)


def _exiger_connu(citation: Citation, repertoire: Repertoire) -> None:
    if repertoire.cites(citation):
        return
    ou = f"Colonne {citation.colonne}\u00a0: "
    if citation.est_somme:
        raise refus(
            f"{ou}aucun indicateur lié à une action ne vient de «\u00a0{citation.code}\u00a0», ou "
            "ses valeurs ne s’additionnent pas. Liez-le d’abord à une action."
        )
    proches = difflib.get_close_matches(citation.code, repertoire.par_code, n=1)
    voulu = f" Vouliez-vous dire {proches[0]}\u00a0?" if proches else ""
    connus = ", ".join(sorted(repertoire.par_code)[:12])
    suite = f" Les codes du contrat\u00a0: {connus}." if connus else (
        " Aucun indicateur du contrat n’a de code\u00a0: donnez-en un à ceux que vous citez."
    )  # fmt: skip
    raise refus(
        f"{ou}aucun indicateur du contrat n’a le code «\u00a0{citation.code}\u00a0».{voulu}{suite}"
    )


def _exiger_l_agregation(lue: Expression, indicateur: Indicateur, repertoire: Repertoire) -> None:
    donne_un_rapport = _est_un_rapport(lue, repertoire)
    if indicateur.agregation == Agregation.RATIO and not donne_un_rapport:
        raise refus(RAPPORT_ATTENDU)
    if indicateur.agregation == Agregation.SOMME and donne_un_rapport:
        raise refus(RAPPORT_DEVINE)


def _est_un_rapport(lue: Expression, repertoire: Repertoire) -> bool:
    """Une division par autre chose qu’un nombre écrit, ou un rapport cité tel quel."""
    if isinstance(lue, Operation):
        return lue.signe == "/" and not isinstance(lue.droite, Constante)
    if isinstance(lue, Citation):
        return all(
            repertoire.indicateurs[pk].agregation == Agregation.RATIO
            for pk in repertoire.cites(lue)
        )
    return False


def _avertissements(
    lue: Expression, indicateur: Indicateur, repertoire: Repertoire
) -> Iterator[str]:
    for gauche, droite in _ajouts(lue):
        ici, la = _unite(gauche, repertoire), _unite(droite, repertoire)
        if ici and la and ici != la:
            yield f"Cette formule ajoute ou retire «\u00a0{la}\u00a0» à «\u00a0{ici}\u00a0»."
    est_en_pour_cent = indicateur.unite.startswith("%")
    if est_en_pour_cent and any(c.valeur == 100 for c in _constantes(lue)):
        yield "L’unité % multiplie déjà par 100\u00a0: n’écrivez pas ce nombre dans la formule."


def _ajouts(lue: Expression) -> Iterator[tuple[Expression, Expression]]:
    if isinstance(lue, Operation):
        if lue.signe in "+-":
            yield lue.gauche, lue.droite
        yield from _ajouts(lue.gauche)
        yield from _ajouts(lue.droite)


def _constantes(lue: Expression) -> Iterator[Constante]:
    if isinstance(lue, Constante):
        yield lue
    elif isinstance(lue, Operation):
        yield from _constantes(lue.gauche)
        yield from _constantes(lue.droite)


def _unite(lue: Expression, repertoire: Repertoire) -> str:
    """Celle d’un terme simple ; vide quand un calcul l’a changée ou que l’unité est « nombre »."""
    if isinstance(lue, Operation) and lue.signe in "+-":
        return _unite(lue.gauche, repertoire) or _unite(lue.droite, repertoire)
    if not isinstance(lue, Citation):
        return ""
    unite = repertoire.indicateurs[repertoire.cites(lue)[0]].unite
    return "" if unite == "nombre" else unite
