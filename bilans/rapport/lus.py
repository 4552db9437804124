"""Tout ce qu’un lecteur du bilan lira : pour y trouver les sigles et les mots à expliquer."""

from collections.abc import Iterator

from bilans.instantane import Instantane, Volet
from bilans.textes import texte_nu


def textes_lus(instantane: Instantane) -> Iterator[str]:
    """Dans l’ordre d’origine, les marques de mise en forme ôtées."""
    yield instantane.contrat.nom
    textes = instantane.textes
    for texte in (textes.edito, textes.comprendre, textes.zoom, textes.difficultes, textes.budget,
                  textes.participation, textes.perspectives):  # fmt: skip
        if texte:
            yield f"{texte_nu(texte.texte)}\n{texte.signature}"
    yield instantane.contrat.presentation
    for famille in (*instantane.signataires, *instantane.partenaires):
        yield from famille.noms
    for volet in instantane.volets:
        yield from _du_volet(volet)
    yield from _du_contrat(instantane)


def _du_volet(volet: Volet) -> Iterator[str]:
    citation = f"{volet.citation.texte}\n{volet.citation.auteur}" if volet.citation else ""
    yield "\n".join((volet.titre, volet.promesse, texte_nu(volet.texte), citation, volet.utile))
    for action in volet.actions:
        yield "\n".join((action.titre, texte_nu(action.resume), action.fait, *action.partenaires))
    for indicateur in volet.indicateurs:
        yield f"{indicateur.titre}\n{indicateur.phrase}\n{indicateur.serie.source}"


def _du_contrat(instantane: Instantane) -> Iterator[str]:
    """L’argent, les réunions, les décisions, ce qui était annoncé."""
    if argent := instantane.argent:
        yield "\n".join(somme.nom for somme in (*argent.payeurs, *argent.usages))
    for rencontre in instantane.rencontres:
        yield f"{rencontre.instance}\n{rencontre.titre}\n{rencontre.lieu}"
    for decision in instantane.decisions:
        yield f"{decision.instance}\n{decision.texte}\n{decision.organisation}"
    for annonce in instantane.annonces.lignes if instantane.annonces else ():
        yield f"{annonce.texte}\n{annonce.explication}"
