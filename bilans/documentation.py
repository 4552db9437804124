"""Les états d’un bilan, pour la page engendrée `docs/etats.md`."""

from collections.abc import Iterator

from acteurs.droits import roles_ayant
from bilans.etats import TRANSITIONS


def etats_du_bilan() -> Iterator[str]:
    yield "## Statuts d’un bilan"
    yield ""
    yield "Publier sans relecture ni validation reste permis : les contrôles d’avant la publication"
    yield "le disent. Publié, un bilan ne change plus ; une correction est une nouvelle édition."
    yield ""
    yield "| de | vers | geste | qui |"
    yield "|---|---|---|---|"
    for t in TRANSITIONS:
        qui = ", ".join(roles_ayant(t.droit))
        yield f"| {t.de.label} | {t.vers.label} | {t.geste} | {qui} |"
    yield ""
    yield "```mermaid"
    yield "stateDiagram-v2"
    for t in TRANSITIONS:
        yield f"    {t.de.value} --> {t.vers.value}"
    yield "```"
