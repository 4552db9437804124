"""Éléments SVG échappés, arrondis, colorés par rôle."""

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from django.utils.safestring import SafeString

_INTERDITS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Palette:
    """Donne son apparence à chaque rôle (« serie », « texte »…).

    Sans couleurs, un rôle devient la classe `g-<rôle>`, que le thème de la page colore. Avec des
    couleurs, il devient des attributs : c'est la forme du PDF.
    """

    couleurs: Mapping[str, Mapping[str, str]] | None = None
    police: str = ""

    @property
    def imprimee(self) -> bool:
        return self.couleurs is not None

    def attributs(self, role: str) -> dict[str, str]:
        if self.couleurs is None:
            return {"class": f"g-{role}"}
        return dict(self.couleurs.get(role, {}))


CLASSES = Palette()


def arrondi(valeur: float) -> str:
    """Un chiffre après la virgule : 0,1 px ne se voit pas et le fichier reste court."""
    if isinstance(valeur, int):
        return str(valeur)
    texte = f"{valeur:.1f}"
    texte = texte.removesuffix(".0")
    return "0" if texte == "-0" else texte


def sans_interdits(texte: str) -> str:
    """Le même texte, sans les caractères que XML refuse."""
    return _INTERDITS.sub("", texte)


def propre(texte: str) -> str:
    """Texte échappé, sans les caractères que XML refuse."""
    return escape(sans_interdits(texte))


def balise(nom: str, *contenu: str, **attributs: str | float | None) -> SafeString:
    """Élément dont le contenu est déjà du SVG. Un attribut à None est omis."""
    ecrits = "".join(
        f" {_nom_d_attribut(cle)}={_attribut(valeur)}"
        for cle, valeur in attributs.items()
        if valeur is not None
    )
    interieur = "".join(contenu)
    return SafeString(f"<{nom}{ecrits}>{interieur}</{nom}>" if interieur else f"<{nom}{ecrits}/>")


def _attribut(valeur: str | float) -> str:
    """Un nombre n'a rien à échapper ; les mêmes mots reviennent cent fois dans une image."""
    if isinstance(valeur, str):
        return _texte_d_attribut(valeur)
    return f'"{arrondi(valeur)}"'


@lru_cache(maxsize=2048)
def _texte_d_attribut(valeur: str) -> str:
    return quoteattr(_INTERDITS.sub("", valeur), {'"': "&quot;"})


@lru_cache(maxsize=256)
def _nom_d_attribut(cle: str) -> str:
    return cle.rstrip("_").replace("_", "-")


def texte(
    palette: Palette,
    role: str,
    x: float,
    y: float,
    contenu: str,
    *,
    taille: float = 13,
    graisse: int = 400,
    ancre: str = "start",
) -> SafeString:
    """Une ligne de texte posée sur sa ligne de base."""
    return balise(
        "text",
        propre(contenu),
        x=x,
        y=y,
        font_size=taille,
        font_weight=graisse if graisse != 400 else None,
        text_anchor=ancre if ancre != "start" else None,
        **palette.attributs(role),
    )


def chemin(palette: Palette, role: str, d: str, **attributs: str | float | None) -> SafeString:
    return balise("path", d=d, **palette.attributs(role), **attributs)


def disque(palette: Palette, role: str, x: float, y: float, rayon: float) -> SafeString:
    return balise("circle", cx=x, cy=y, r=rayon, **palette.attributs(role))


def rectangle(
    palette: Palette, role: str, x: float, y: float, largeur: float, hauteur: float
) -> SafeString:
    return balise("rect", x=x, y=y, width=largeur, height=hauteur, **palette.attributs(role))


def ligne_brisee(points: list[tuple[float, float]]) -> str:
    """Chemin « M…L… » qui passe par tous les points."""
    return "M" + "L".join(f"{arrondi(x)} {arrondi(y)}" for x, y in points) if points else ""


def figure(
    palette: Palette,
    largeur: float,
    hauteur: float,
    corps: Sequence[str],
    *,
    titre: str,
    description: str = "",
    classe: str | None = None,
    cadre: tuple[float, float, float, float] | None = None,
    genre: str = "img",
) -> SafeString:
    """Image nommée. À l'écran `<title>` et `<desc>` sont reliés ; le PDF lit `<title>` seul.

    `genre` vaut « group » si l'image contient des liens.

    `cadre` (x, y, largeur, hauteur) montre une partie du dessin, agrandie à la taille voulue.
    Deux images d'une page qui ont le même titre gardent des repères distincts.
    """
    contenu = "|".join((titre, description, str(largeur), *corps))
    marque = f"{zlib.crc32(contenu.encode()):08x}"
    if palette.imprimee:
        ensemble = " ".join(p for p in (titre.rstrip(".") + ".", description) if p)
        tete = [balise("title", propre(ensemble))]
        acces: dict[str, str | None] = {
            "xmlns": "http://www.w3.org/2000/svg", "font_family": palette.police or None,
        }  # fmt: skip
    else:
        tete = [balise("title", propre(titre), id=f"t{marque}")]
        relies = f"t{marque}"
        if description:
            tete.append(balise("desc", propre(description), id=f"d{marque}"))
            relies += f" d{marque}"
        acces = {"role": genre, "aria_labelledby": relies, "class_": classe}
    return balise(
        "svg",
        *tete,
        *corps,
        width=largeur,
        height=hauteur,
        viewBox=" ".join(arrondi(v) for v in cadre or (0, 0, largeur, hauteur)),
        **acces,
    )
