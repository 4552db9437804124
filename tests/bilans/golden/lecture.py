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


def mots_seuls(texte: str) -> str:
    """Les lettres et leurs accents. Un chiffre ou un point d’une ligne qui se lit de droite à gauche
    n’a pas d’ordre à lui : chaque lecteur le pose de son côté."""
    entier = unicodedata.normalize("NFKC", texte)
    return "".join(lettre for lettre in entier if unicodedata.category(lettre)[0] in "LM")


def est_de_droite(texte: str) -> bool:
    return any(_sens(lettre) == "R" for lettre in texte)


def fin_du_bloc(lu: str, bloc: str, place: int) -> int:
    """Où finit ce bloc dans ce qui est lu, à partir de `place` ; -1 s’il n’y est pas.

    Une ligne qui mêle les deux sens n’a pas un ordre à l’œil : chaque lecteur en range les morceaux à
    sa façon. On y veut les mêmes lettres, toutes, et rien d’autre entre elles.
    """
    if not {_sens(lettre) for lettre in bloc} >= {"L", "R"}:
        debut = lu.find(bloc, place)
        return debut + len(bloc) if debut >= 0 else -1
    lettres = sorted(bloc)
    for debut in range(place, len(lu) - len(bloc) + 1):
        if lu[debut] in bloc and sorted(lu[debut : debut + len(bloc)]) == lettres:
            return debut + len(bloc)
    return -1


def _sens(lettre: str) -> str:
    sens = unicodedata.bidirectional(lettre)
    return "R" if sens == "AL" else sens


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
