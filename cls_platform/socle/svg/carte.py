"""Carte choroplèthe : chaque territoire est nommé, son état est une couleur et une trame."""

from dataclasses import dataclass

from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.placement import Boite
from cls_platform.socle.svg.trace import CLASSES, Palette, balise, figure, propre, texte

MOTIFS = {
    "motif-hachures": (6, "rotate(45)", '<path d="M1 0v6"{trait}/>'),
    "motif-points": (7, "", '<path d="M.7 2a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0-2.6 0z"{trait}/>'),
    "motif-grille": (6, "", '<path d="M0 3h6M3 0v6"{trait}/>'),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Territoire:
    """`trace` : chemin SVG déjà projeté. `role` : une couleur, ou un des MOTIFS.

    `nom` est lu par la souris et les lecteurs d'écran (nom, état, population) ; `etiquette` est
    écrite sur la forme, en (x, y), si la place le permet.
    """

    trace: str
    nom: str
    role: str
    lien: str = ""
    etiquette: str = ""
    x: float = 0
    y: float = 0


@dataclass(frozen=True, kw_only=True)
class Cartouche:
    """Cadre d'un territoire lointain, montré à une autre échelle."""

    nom: str
    x: float
    y: float
    largeur: float
    hauteur: float


@dataclass(frozen=True, kw_only=True)
class Carte:
    """`cadre` (x, y, largeur, hauteur) : partie du repère à montrer ; sans lui, tout."""

    titre: str
    description: str
    territoires: tuple[Territoire, ...]
    largeur: float
    hauteur: float
    cartouches: tuple[Cartouche, ...] = ()
    prefixe: str = "c"
    taille_etiquette: float = 11.5
    cadre: tuple[float, float, float, float] | None = None


def dessiner(carte: Carte, palette: Palette = CLASSES) -> str:
    """SVG de la carte. `prefixe` distingue les trames de deux cartes d'une même page."""
    utilises = {territoire.role for territoire in carte.territoires}
    defs = [_motif(carte.prefixe, role, palette) for role in MOTIFS if role in utilises]
    corps: list[str] = [balise("defs", *defs)] if defs else []
    corps += [_cartouche(cartouche, palette) for cartouche in carte.cartouches]
    formes = [_territoire(carte.prefixe, t, palette) for t in carte.territoires]
    corps.append(balise("g", *formes, **palette.attributs("contours")))
    corps += _etiquettes(carte, palette)
    return figure(
        palette, carte.largeur, carte.hauteur, corps,
        titre=carte.titre, description=carte.description, classe="g-carte", cadre=carte.cadre,
        genre="group" if any(t.lien for t in carte.territoires) else "img",
    )  # fmt: skip


def pastille(role: str, palette: Palette = CLASSES, prefixe: str = "c") -> str:
    """Échantillon de légende, décoratif : le mot est écrit à côté."""
    defs = [balise("defs", _motif(f"{prefixe}-l", role, palette))] if role in MOTIFS else []
    forme = balise(
        "rect", x=1, y=1, width=22, height=14, rx=2, **_remplissage(f"{prefixe}-l", role, palette)
    )
    return balise("svg", *defs, forme, width=24, height=16, viewBox="0 0 24 16", aria_hidden="true")


def _motif(prefixe: str, role: str, palette: Palette) -> str:
    cote, rotation, dessin = MOTIFS[role]
    fond = balise("rect", width=cote, height=cote, **palette.attributs(f"{role}-fond"))
    attributs = palette.attributs(f"{role}-trait").items()
    trait = "".join(f' {cle}="{propre(valeur)}"' for cle, valeur in attributs)
    return balise(
        "pattern", fond, dessin.format(trait=trait), id=f"{prefixe}-{role}", width=cote,
        height=cote, patternUnits="userSpaceOnUse", patternTransform=rotation or None,
    )  # fmt: skip


def _remplissage(prefixe: str, role: str, palette: Palette) -> dict[str, str]:
    return {"fill": f"url(#{prefixe}-{role})"} if role in MOTIFS else palette.attributs(role)


def _territoire(prefixe: str, territoire: Territoire, palette: Palette) -> str:
    forme = balise("path", d=territoire.trace, **_remplissage(prefixe, territoire.role, palette))
    if palette.imprimee:
        return forme
    titre = balise("title", propre(territoire.nom))
    if territoire.lien:
        return balise("a", titre, forme, href=territoire.lien)
    return balise("g", titre, forme)


def _cartouche(cartouche: Cartouche, palette: Palette) -> str:
    cadre = balise(
        "rect", x=cartouche.x, y=cartouche.y, width=cartouche.largeur, height=cartouche.hauteur,
        **palette.attributs("cartouche"),
    )  # fmt: skip
    nom = texte(
        palette, "discret", cartouche.x + 4, cartouche.y + cartouche.hauteur - 4, cartouche.nom,
        taille=12,
    )  # fmt: skip
    return balise("g", cadre, nom)


def _etiquettes(carte: Carte, palette: Palette) -> list[str]:
    """Noms écrits sur les formes, dans l'ordre donné ; celui qui recouvrirait est omis."""
    x0, y0, l0, h0 = carte.cadre or (0, 0, carte.largeur, carte.hauteur)
    taille = carte.taille_etiquette
    prises: list[Boite] = []
    corps: list[str] = []
    for territoire in carte.territoires:
        if not territoire.etiquette:
            continue
        lignes = metriques.couper(territoire.etiquette, taille, taille * 7, 600)
        large = max(metriques.largeur(ligne, taille, 600) for ligne in lignes)
        haut = territoire.y - len(lignes) * (taille + 2) / 2
        gauche = min(max(territoire.x - large / 2, x0), x0 + l0 - large)
        boite = Boite(gauche, haut, gauche + large, haut + len(lignes) * (taille + 2))
        dehors = boite.haut < y0 or boite.bas > y0 + h0 or large > l0
        if dehors or any(boite.touche(autre) for autre in prises):
            continue
        prises.append(boite)
        corps += [
            texte(
                palette, "etiquette", gauche + large / 2, haut + taille + rang * (taille + 2),
                ligne, taille=taille, graisse=600, ancre="middle",
            )
            for rang, ligne in enumerate(lignes)
        ]  # fmt: skip
    return corps
