"""Textes libres d’un bilan découpés en blocs : un Markdown restreint, lu ligne à ligne.

Une ligne est un paragraphe. « - » commence un point ; son étiquette est ce qui précède « : ». Les
lignes qui suivent sans ligne vide restent dans le point. « ### » (un à six dièses) ouvre un
intertitre, toujours de niveau 3 : les parties du bilan sont de niveau 2. Dans une ligne :
**gras**, *italique*, [texte](https://…).

Il n’en sort jamais de HTML : que du texte, que les gabarits échappent. Une balise, une image, un
lien qui n’est ni http(s) ni mailto restent écrits tels quels ; aucun mot n’est perdu.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

NIVEAU_DES_TITRES = 3
_PUCE = re.compile(r"^\s*[-–•*]\s+")
_TITRE = re.compile(r"^#{1,6}\s+(?=\S)")
_FIN_DE_TITRE = re.compile(r"\s+#+$")
_ETIQUETTE = re.compile(r"^([^:.!?]{2,48}?)\s*:\s+(?=\S)")
_MARQUES = re.compile(r"[*_\[<\\]")
_LIEN_PERMIS = re.compile(r"(?:https?://|mailto:)[^\s]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Morceau:
    """Un bout de ligne d’un seul style ; `lien` : une adresse http(s) ou mailto, ou rien."""

    texte: str
    gras: bool = False
    italique: bool = False
    lien: str = ""


@dataclass(frozen=True, slots=True)
class Paragraphe:
    """`gras` : début de phrase mis en valeur (« Ce que nous changeons : »), hors de `texte`.

    `texte` est le texte nu des `morceaux` ; sans morceaux donnés, il en fait un seul.
    """

    gras: str
    texte: str
    morceaux: tuple[Morceau, ...] = ()

    def __post_init__(self) -> None:
        if self.texte and not self.morceaux:
            object.__setattr__(self, "morceaux", (Morceau(self.texte),))

    def reecrit(self, texte: Callable[[str], str], gras: Callable[[str], str]) -> "Paragraphe":
        """Le même, chaque morceau passé par `texte`, le début en gras par `gras`."""
        passes = tuple(replace(m, texte=texte(m.texte)) for m in self.morceaux)
        return Paragraphe(gras(self.gras), _nu(passes), passes)


@dataclass(frozen=True, slots=True)
class Bloc:
    """Un paragraphe, un point de liste ou un intertitre (`est_titre`, niveau 3)."""

    etiquette: str
    paragraphes: tuple[Paragraphe, ...]
    est_point: bool
    est_titre: bool = False

    def reecrit(
        self, texte: Callable[[str], str], court: Callable[[str], str] | None = None
    ) -> "Bloc":
        """Le même, ses mots passés par `texte`, ses étiquettes par `court` (ou `texte`).

        Pour la typographie et l’explication des sigles : les styles et les liens restent.
        """
        bref = court or texte
        passes = tuple(p.reecrit(texte, bref) for p in self.paragraphes)
        return replace(self, etiquette=bref(self.etiquette), paragraphes=passes)


def blocs(texte: str) -> list[Bloc]:
    """Blocs dans l’ordre ; une ligne vide ou un intertitre termine le point en cours."""
    resultat: list[Bloc] = []
    ouvert = False
    for brute in texte.splitlines():
        ligne = brute.strip()
        if ouvert and ligne and not _commence(ligne):
            resultat[-1] = _prolonge(resultat[-1], ligne)
        elif ligne:
            resultat.append(_bloc(ligne))
        ouvert = bool(ligne) and resultat[-1].est_point
    return resultat


def texte_nu(texte: str) -> str:
    """Ce qu’on lit, sans les marques : pour compter les mots, trouver les sigles, chercher."""
    return "\n".join(_lignes_nues(blocs(texte)))


def _lignes_nues(lus: Iterable[Bloc]) -> Iterator[str]:
    for bloc in lus:
        debut = f"{bloc.etiquette} : " if bloc.etiquette else ""
        for paragraphe in bloc.paragraphes:
            gras = f"{paragraphe.gras} : " if paragraphe.gras else ""
            yield f"{debut}{gras}{paragraphe.texte}"
            debut = ""


def _commence(ligne: str) -> bool:
    return bool(_PUCE.match(ligne) or _TITRE.match(ligne))


def _bloc(ligne: str) -> Bloc:
    if _TITRE.match(ligne):
        titre = Paragraphe("", *_lire(_FIN_DE_TITRE.sub("", _TITRE.sub("", ligne))))
        return Bloc("", (titre,), est_point=False, est_titre=True)
    if not _PUCE.match(ligne):
        return Bloc("", (Paragraphe("", *_lire(ligne)),), est_point=False)
    etiquette, reste = _etiqueter(_PUCE.sub("", ligne))
    return Bloc(etiquette, (Paragraphe("", *reste),), est_point=True)


def _prolonge(bloc: Bloc, ligne: str) -> Bloc:
    etiquette, reste = _etiqueter(ligne)
    return replace(bloc, paragraphes=(*bloc.paragraphes, Paragraphe(etiquette, *reste)))


Lu = tuple[str, tuple[Morceau, ...]]


def _etiqueter(ligne: str) -> tuple[str, Lu]:
    """Ce qui précède « : », et le reste. Un début qui porte un lien garde son lien : il reste."""
    nu, morceaux = _lire(ligne)
    trouve = _ETIQUETTE.match(nu)
    if not trouve:
        return "", (nu, morceaux)
    avant, apres = _couper(morceaux, trouve.end())
    if any(m.lien for m in avant):
        return "", (nu, morceaux)
    return trouve[1].strip(), (_nu(apres), apres)


def _couper(
    morceaux: tuple[Morceau, ...], place: int
) -> tuple[tuple[Morceau, ...], tuple[Morceau, ...]]:
    avant, apres, debut = [], [], 0
    for morceau in morceaux:
        ici = max(0, min(place - debut, len(morceau.texte)))
        debut += len(morceau.texte)
        avant.append(replace(morceau, texte=morceau.texte[:ici]))
        apres.append(replace(morceau, texte=morceau.texte[ici:]))
    return tuple(m for m in avant if m.texte), tuple(m for m in apres if m.texte)


def _nu(morceaux: Iterable[Morceau]) -> str:
    return "".join(m.texte for m in morceaux)


def _lire(ligne: str) -> Lu:
    """Le texte nu d’une ligne et ses morceaux."""
    if not _MARQUES.search(ligne):
        return ligne, (Morceau(ligne),)
    morceaux = tuple(_morceaux(_LECTEUR.parseInline(ligne)[0].children or []))
    return _nu(morceaux), morceaux


def _morceaux(jetons: list[Token]) -> Iterator[Morceau]:
    """Les voisins de même style se rejoignent."""
    dernier: Morceau | None = None
    for morceau in _styles(jetons):
        if dernier and replace(morceau, texte="") == replace(dernier, texte=""):
            dernier = replace(dernier, texte=dernier.texte + morceau.texte)
            continue
        if dernier:
            yield dernier
        dernier = morceau
    if dernier:
        yield dernier


def _styles(jetons: list[Token]) -> Iterator[Morceau]:
    gras = italique = 0
    lien = ""
    for jeton in _sans_lien_muet(jetons):
        if jeton.type.startswith("strong_"):
            gras += jeton.nesting
        elif jeton.type.startswith("em_"):
            italique += jeton.nesting
        elif jeton.type.startswith("link_"):
            lien = str(jeton.attrGet("href") or "")
        elif jeton.content:
            yield Morceau(jeton.content, gras=gras > 0, italique=italique > 0, lien=lien)


def _sans_lien_muet(jetons: list[Token]) -> Iterator[Token]:
    """Un lien sans texte montre son adresse ; l’infobulle d’un lien s’écrit devant son texte."""
    for avant, jeton in zip([None, *jetons], jetons, strict=False):
        if jeton.type == "link_close" and avant and avant.type == "link_open":
            yield Token("text", "", 0, content=str(avant.attrGet("href")))
        yield jeton
        if jeton.type == "link_open" and jeton.attrGet("title"):
            yield Token("text", "", 0, content=f"{jeton.attrGet('title')} : ")


class _Lecteur(MarkdownIt):
    """Rien que l’emphase, les liens et l’échappement ; ni HTML, ni image, ni entité."""

    def __init__(self) -> None:
        super().__init__("zero", {"html": False, "linkify": False, "typographer": False})
        self.enable(["emphasis", "link", "escape", "balance_pairs", "fragments_join"])

    def validateLink(self, url: str) -> bool:  # noqa: N802  (nom du paquet)
        return bool(_LIEN_PERMIS.fullmatch(url))


_LECTEUR = _Lecteur()
