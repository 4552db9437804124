"""Le bilan dont chaque sigle est développé là où le lecteur de la page le rencontre d’abord."""

from collections.abc import Callable
from dataclasses import replace

from bilans.instantane import Action, Instantane, Texte, Volet
from bilans.langage import expliquer
from bilans.mots import termes_des_sigles

_CHAMPS = {
    code: code.lower()
    for code in (
        "EDITO", "COMPRENDRE", "ZOOM", "DIFFICULTES", "BUDGET", "PARTICIPATION", "PERSPECTIVES",
    )
}  # fmt: skip


def sigles_expliques(page: Instantane) -> Instantane:
    """Les textes libres, dans l’ordre des parties ; titres, noms et chiffres ne changent pas."""
    termes = termes_des_sigles(page.mots)
    deja: set[str] = set()

    def dire(texte: str) -> str:
        return expliquer(texte, termes, deja)

    textes, volets = page.textes, page.volets
    for code in page.sections:
        if code == "VOLETS":
            volets = tuple(_volet(volet, dire) for volet in volets)
        elif code in _CHAMPS:
            ecrit: Texte | None = getattr(textes, _CHAMPS[code])
            if ecrit:
                textes = replace(textes, **{_CHAMPS[code]: replace(ecrit, texte=dire(ecrit.texte))})
    return replace(page, textes=textes, volets=volets)


def _volet(volet: Volet, dire: Callable[[str], str]) -> Volet:
    return replace(
        volet,
        promesse=dire(volet.promesse),
        texte=dire(volet.texte),
        actions=tuple(_action(action, dire) for action in volet.actions),
    )


def _action(action: Action, dire: Callable[[str], str]) -> Action:
    return replace(action, resume=dire(action.resume))
