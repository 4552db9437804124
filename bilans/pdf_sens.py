"""Le sens de chaque bloc d’une page imprimée, comme `dir="auto"` le donne dans un navigateur."""

import re
from typing import Any

from cls_platform.socle.ecritures import langue_de_droite

BLOCS = frozenset({"p", "h1", "h2", "h3", "h4", "li", "td", "th", "caption", "blockquote", "b"})
_DE_DROITE = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def orienter(racine: Any, source: str) -> None:
    """WeasyPrint 70 ne lit pas `dir="auto"` : on écrit le sens et la langue de chaque bloc."""
    if not _DE_DROITE.search(source):
        return
    for bloc in racine.iter():
        if bloc.tag in BLOCS and (langue := langue_de_droite("".join(bloc.itertext()))):
            bloc.set("dir", "rtl")
            bloc.set("lang", langue)
