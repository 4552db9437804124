"""Le numéro de la page où mène un renvoi, écrit une fois toutes les pages posées.

Pour `target-counter`, WeasyPrint 70 recompose deux fois entières les pages qui renvoient plus loin.
La feuille y réserve deux chiffres ; on écrit ici le vrai numéro à leur place.
"""

from collections.abc import Iterator
from typing import Any

from weasyprint.document import Document
from weasyprint.formatting_structure.boxes import TextBox

# Ce que la feuille écrit en attendant, et où
RESERVE, PSEUDO_ELEMENTS = "00", frozenset({"li::before", "a::after"})


def numeroter(document: Document) -> None:
    """Un renvoi vers ce qui n’est pas dans le document ne dit aucun numéro."""
    pages: dict[str, int] = {}
    for numero, page in enumerate(document.pages, start=1):
        pages |= {ancre: numero for ancre in page.anchors if ancre not in pages}
    for boite in _en_attente(document):
        vers = boite.element.get("data-vers") or boite.element.get("href", "")
        numero = pages.get(vers.removeprefix("#"), 0)
        boite.text = boite.text.replace(RESERVE, str(numero)) if numero else ""
        boite.pango_layout.text = boite.text


def _en_attente(document: Document) -> Iterator[Any]:
    for page in document.pages:
        for boite in page._page_box.descendants():  # noqa: SLF001  (aucun accès public aux boîtes)
            if isinstance(boite, TextBox) and boite.element_tag in PSEUDO_ELEMENTS:
                yield from (boite,) if RESERVE in boite.text else ()
