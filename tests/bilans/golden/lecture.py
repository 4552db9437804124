"""Lire un PDF comme une personne : ses mots dans l’ordre, ce qui déborde, un titre seul en bas."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pymupdf

BLOCS = frozenset({"p", "h1", "h2", "h3", "h4", "li", "td", "th", "caption", "blockquote"})
SVG = "{http://www.w3.org/2000/svg}svg"
PIED, TITRE = 785.0, 15.0  # points : au-dessous, le numéro de page et le titre courant
_BLANCS = re.compile(r"[\s\u200b-\u200f\ufe0f\u202a-\u202e]+")


def serre(texte: str) -> str:
    """Sans espace ni marque invisible : la coupe des lignes ne compte pas."""
    return _BLANCS.sub("", texte)


def blocs(html: str) -> Iterator[str]:
    """Le texte de chaque bloc de la page, dans l’ordre des balises, sans les dessins."""
    yield from _blocs(ElementTree.fromstring(html))  # noqa: S314  (le gabarit du projet)


def _blocs(noeud: Any) -> Iterator[str]:
    if noeud.tag == SVG:
        return
    if noeud.tag in BLOCS and not any(n.tag in BLOCS for n in noeud.iter() if n is not noeud):
        # Un renvoi est suivi du numéro de sa page, que seul le PDF connaît
        entier = serre("".join(noeud.itertext()))
        renvois = [serre("".join(n.itertext())) for n in noeud.iter("a") if n.get("class")]
        if ecrit := entier.split(renvois[0])[0] if renvois else entier:
            yield ecrit
        return
    for fils in noeud:
        yield from _blocs(fils)


def est_de_droite(texte: str) -> bool:
    return any(unicodedata.bidirectional(lettre) in {"R", "AL"} for lettre in texte)


def pages(octets: bytes) -> list[Any]:
    with pymupdf.open(stream=octets) as document:
        return [(page.rect, page.get_text("words"), page.get_text()) for page in document]


def texte(octets: bytes) -> str:
    return serre("".join(brut for _, _, brut in pages(octets)))


def mots_hors_de_la_page(octets: bytes) -> list[str]:
    return [
        f"page {numero} : {mot[4]}"
        for numero, (cadre, mots, _) in enumerate(pages(octets), start=1)
        for mot in mots
        if mot[0] < -1 or mot[2] > cadre.width + 1 or mot[3] > cadre.height + 3
    ]


def titres_seuls_en_bas(octets: bytes) -> list[str]:
    """Les pages dont la dernière ligne est grande et grasse : un titre qui a perdu sa suite."""
    trouves = []
    with pymupdf.open(stream=octets) as document:
        for page in document:
            lignes = [
                li for bloc in page.get_text("dict")["blocks"] for li in bloc.get("lines", ())
            ]
            corps = [ligne for ligne in lignes if ligne["bbox"][3] < PIED]
            if corps:
                derniere = max(corps, key=lambda ligne: ligne["bbox"][3])["spans"][0]
                if derniere["size"] >= TITRE and "Bold" in derniere["font"]:
                    trouves.append(f"page {page.number + 1} : {derniere['text']}")
    return trouves
