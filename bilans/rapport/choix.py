"""Les volets tels que l’équipe les a voulus : leur ordre, leurs mots, leurs trois actions."""

from collections.abc import Iterable
from dataclasses import replace

from bilans.instantane import Action, Citation, Volet
from bilans.models import VoletBilan
from bilans.rapport.ecrit import Ecrit, image

APRES_TOUS = 10_000


def volets_choisis(volets: Iterable[Volet], ecrit: Ecrit) -> tuple[Volet, ...]:
    """Sans ligne pour un axe, le volet paraît tel que le plan le dit, après les autres."""

    def rang(volet: Volet) -> int:
        ligne = ecrit.volets.get(volet.cle)
        return ligne.ordre if ligne else APRES_TOUS

    gardes = (v for v in volets if v.cle not in ecrit.volets or ecrit.volets[v.cle].est_present)
    return tuple(_habiller(volet, ecrit) for volet in sorted(gardes, key=rang))


def _habiller(volet: Volet, ecrit: Ecrit) -> Volet:
    volet = replace(volet, actions=_en_avant(volet.actions, ecrit))
    ligne = ecrit.volets.get(volet.cle)
    if ligne is None:
        return volet
    return replace(
        volet,
        texte=ligne.texte.strip(),
        citation=_citation(ligne),
        utile=ligne.utile.strip() or volet.utile,
        photo=image(ligne.photo),
    )


def _citation(ligne: VoletBilan) -> Citation | None:
    if not ligne.citation.strip():
        return None
    return Citation(texte=ligne.citation.strip(), auteur=ligne.citation_auteur.strip())


def _en_avant(actions: tuple[Action, ...], ecrit: Ecrit) -> tuple[Action, ...]:
    """Celles que l’équipe a choisies, et elles seules ; sinon celles que les données désignent."""
    if not any(action.cle in ecrit.en_avant for action in actions):
        return actions
    return tuple(_choisie(action, ecrit) for action in actions)


def _choisie(action: Action, ecrit: Ecrit) -> Action:
    choix = ecrit.en_avant.get(action.cle)
    if choix is None:
        return replace(action, en_avant=False, rang=0)
    resume = choix.recit.strip() or action.resume
    return replace(action, en_avant=True, rang=choix.rang, resume=resume)
