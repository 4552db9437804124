"""La page des états, écrite à partir des tables de transitions."""

from collections.abc import Callable, Iterator

from acteurs.droits import roles_ayant
from contrats.etats import (
    PHASE_PUBLIQUE,
    STATUT_PUBLIC,
    STATUTS_A_JUSTIFIER,
    TRANSITIONS,
    Phase,
    StatutAction,
)

# Les tables des applications plus hautes, données à leur démarrage
_AUTRES: list[Callable[[], Iterator[str]]] = []


def ajouter_a_la_page(table: Callable[[], Iterator[str]]) -> None:
    if table not in _AUTRES:
        _AUTRES.append(table)


def page_des_etats() -> str:
    autres = [ligne for table in _AUTRES for ligne in ("", *table())]
    return "\n".join([*_contrats(), "", *_actions(), *autres, ""])


def _contrats() -> Iterator[str]:
    yield "# Les états"
    yield ""
    yield "Page écrite par `manage.py documenter_etats` à partir de `contrats/etats.py`"
    yield "et de `bilans/etats.py`."
    yield ""
    yield "## Phases d’un contrat"
    yield ""
    yield "| phase | pour les habitants |"
    yield "|---|---|"
    for phase in Phase:
        yield f"| {phase.label} | {PHASE_PUBLIQUE[phase]} |"
    yield ""
    yield "| de | vers | geste | qui | raison exigée |"
    yield "|---|---|---|---|---|"
    for t in TRANSITIONS:
        qui = ", ".join(roles_ayant(t.droit))
        raison = "oui" if t.exige_raison else ""
        yield f"| {t.de.label} | {t.vers.label} | {t.geste} | {qui} | {raison} |"
    yield ""
    yield "```mermaid"
    yield "stateDiagram-v2"
    for t in TRANSITIONS:
        if t.vers != Phase.ABANDONNE:
            yield f"    {t.de.value} --> {t.vers.value}"
    yield "```"
    yield ""
    yield "De toute phase ouverte, un contrat peut aussi être arrêté, avec une raison."


def _actions() -> Iterator[str]:
    yield "## Statuts d’une action"
    yield ""
    yield "Une action passe librement d’un statut à l’autre ; l’historique garde qui et quand."
    yield "« En retard » se calcule aussi : échéance passée, action à venir ou en cours, et statut"
    yield "que rien ne tient."
    yield ""
    yield "| statut | pour les habitants | raison exigée |"
    yield "|---|---|---|"
    for statut in StatutAction:
        raison = "oui" if statut in STATUTS_A_JUSTIFIER else ""
        yield f"| {statut.label} | {STATUT_PUBLIC[statut]} | {raison} |"
