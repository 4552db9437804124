"""Carte choroplèthe : chaque territoire est nommé, son état est une couleur et une trame."""

from dataclasses import dataclass

from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.placement import Boite
from cls_platform.socle.svg.trace import CLASSES, Palette, arrondi, balise, figure, propre, texte
from cls_platform.socle.svg.villes import Ville, dessiner_les_noms, poser

# Côté du motif en px, rotation, dessin ; le fond, le trait et son bord ont chacun leur rôle
MOTIFS = {
    "motif-hachures": (6, "rotate(45)", '<path d="M1 0v6"{trait}/>'),
    "motif-points": (7, "", '<path d="M.7 2a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0-2.6 0z"{trait}/>'),
    "motif-grille": (6, "", '<path d="M0 3h6M3 0v6"{trait}/>'),
    "couche-serrees": (7, "rotate(-45)", '<path d="M3 0v7"{bord}/><path d="M3 0v7"{trait}/>'),
    "couche-larges": (15, "rotate(-45)", '<path d="M3 0v15"{bord}/><path d="M3 0v15"{trait}/>'),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Territoire:
    """`trace` : chemin SVG déjà projeté. `role` : une couleur, ou un des MOTIFS.

    `nom` est lu par la souris et les lecteurs d'écran (nom, état, population) ; sans lui, la forme
    est un décor. `etiquette` est écrite sur la forme, en (x, y), si la place le permet.
    """

    trace: str
    nom: str
    role: str
    lien: str = ""
    etiquette: str = ""
    x: float = 0
    y: float = 0


@dataclass(frozen=True, kw_only=True)
class Surcouche:
    """Posée sur la carte sans la cacher ni prendre la souris : un trait, ou un des MOTIFS."""

    trace: str
    role: str


@dataclass(frozen=True, kw_only=True)
class Marque:
    """Un signe centré en (x, y), en px : « disque », « double » (deux disques) ou « losange »."""

    forme: str
    x: float
    y: float
    role: str


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
    """`cadre` (x, y, largeur, hauteur) : partie du repère à montrer ; sans lui, tout.

    `unite` : ce que vaut en px une unité des tracés (territoires et surcouches).
    """

    titre: str
    description: str
    territoires: tuple[Territoire, ...]
    largeur: float
    hauteur: float
    cartouches: tuple[Cartouche, ...] = ()
    surcouches: tuple[Surcouche, ...] = ()
    marques: tuple[Marque, ...] = ()
    villes: tuple[Ville, ...] = ()
    prefixe: str = "c"
    taille_etiquette: float = 11.5
    cadre: tuple[float, float, float, float] | None = None
    unite: float = 1


def dessiner(carte: Carte, palette: Palette = CLASSES) -> str:
    """SVG de la carte. `prefixe` distingue les trames et les titres de deux cartes d'une page."""
    return figure(
        palette, carte.largeur, carte.hauteur, corps(carte, palette),
        titre=carte.titre, description=carte.description, classe="g-carte", cadre=carte.cadre,
        genre="group" if any(t.lien for t in carte.territoires) else "img",
    )  # fmt: skip


def corps(carte: Carte, palette: Palette = CLASSES) -> list[str]:
    """Ce que contient l'image, à poser dans une autre."""
    utilises = {t.role for t in carte.territoires} | {s.role for s in carte.surcouches}
    defs = [_motif(carte, role, palette) for role in MOTIFS if role in utilises]
    morceaux: list[str] = [balise("defs", *defs)] if defs else []
    morceaux += [_cartouche(cartouche, palette) for cartouche in carte.cartouches]
    formes = [_territoire(carte.prefixe, t, palette) for t in carte.territoires]
    morceaux.append(_groupe(carte, formes, palette, "contours"))
    if carte.surcouches:
        traits = [_surcouche(carte.prefixe, r, s, palette) for r, s in enumerate(carte.surcouches)]
        morceaux.append(_groupe(carte, traits, palette, "surcouches"))
    morceaux += [_marque(marque, palette) for marque in carte.marques]
    morceaux += _etiquettes(carte, palette)
    signes = [Boite(m.x - 7, m.y - 6, m.x + 7, m.y + 6) for m in carte.marques]
    noms = poser(carte.villes, carte.largeur, carte.hauteur, signes)
    return morceaux + dessiner_les_noms(noms, palette)


def pastille(role: str, palette: Palette = CLASSES, prefixe: str = "c") -> str:
    """Échantillon de légende, décoratif : le mot est écrit à côté."""
    return balise(
        "svg", *echantillon(role, palette, prefixe), width=24, height=16, viewBox="0 0 24 16",
        aria_hidden="true",
    )  # fmt: skip


def echantillon(role: str, palette: Palette = CLASSES, prefixe: str = "c") -> list[str]:
    """Le dessin d'une pastille, dans un cadre de 24 px sur 16."""
    prefixe = f"{prefixe}-l"
    if role.startswith("trait-"):
        return [balise("path", d="M1 8h22", **palette.attributs(role))]
    if role.startswith("marque-"):
        forme = role.removeprefix("marque-")
        return [_marque(Marque(forme=forme, x=12, y=8, role=role), palette)]
    seul = Carte(titre="", description="", territoires=(), largeur=24, hauteur=16, prefixe=prefixe)
    defs = [balise("defs", _motif(seul, role, palette))] if role in MOTIFS else []
    rectangle = balise(
        "rect", x=1, y=1, width=22, height=14, rx=2, **_remplissage(prefixe, role, palette)
    )
    return [*defs, rectangle]


def _groupe(carte: Carte, formes: list[str], palette: Palette, role: str) -> str:
    """Dans un groupe réduit, un trait dont l'épaisseur est écrite la garde en px."""
    attributs = palette.attributs(role)
    marque = None if palette.imprimee else f"{carte.prefixe}-{role}"
    if carte.unite == 1:
        return balise("g", *formes, id=marque, **attributs)
    if epaisseur := attributs.get("stroke-width"):
        attributs["stroke-width"] = f"{float(epaisseur) / carte.unite:g}"
    echelle = f"scale({arrondi(carte.unite)})"
    return balise("g", *formes, id=marque, transform=echelle, **attributs)


def _motif(carte: Carte, role: str, palette: Palette) -> str:
    """Les trames gardent leur taille en px dans un groupe réduit."""
    cote, rotation, dessin = MOTIFS[role]
    grossi = f"scale({1 / carte.unite:g})" if carte.unite != 1 else ""
    fond = balise("rect", width=cote, height=cote, **palette.attributs(f"{role}-fond"))
    traits = {nom: _attributs(palette, f"{role}-{nom}") for nom in ("trait", "bord")}
    return balise(
        "pattern", fond if role.startswith("motif-") else "", dessin.format(**traits),
        id=f"{carte.prefixe}-{role}", width=cote, height=cote, patternUnits="userSpaceOnUse",
        patternTransform=" ".join(filter(None, (grossi, rotation))) or None,
    )  # fmt: skip


def _attributs(palette: Palette, role: str) -> str:
    return "".join(f' {cle}="{propre(v)}"' for cle, v in palette.attributs(role).items())


def _remplissage(prefixe: str, role: str, palette: Palette) -> dict[str, str]:
    """Une trame garde son rôle : un état clair est bordé, comme un état sans trame."""
    trame = {"fill": f"url(#{prefixe}-{role})"} if role in MOTIFS else {}
    return trame | palette.attributs(role)


def _territoire(prefixe: str, territoire: Territoire, palette: Palette) -> str:
    forme = balise("path", d=territoire.trace, **_remplissage(prefixe, territoire.role, palette))
    if palette.imprimee or not territoire.nom:
        return forme
    titre = balise("title", propre(territoire.nom))
    if territoire.lien:
        return balise("a", titre, forme, href=territoire.lien)
    return balise("g", titre, forme)


def _surcouche(prefixe: str, rang: int, surcouche: Surcouche, palette: Palette) -> str:
    """Un trait est bordé de blanc : il se voit sur un état clair comme sur un état foncé."""
    if surcouche.role in MOTIFS:
        return balise("path", d=surcouche.trace, **_remplissage(prefixe, surcouche.role, palette))
    marque = f"{prefixe}-couche-{rang}"
    forme = balise("path", d=surcouche.trace, id=marque, **palette.attributs("trace"))
    bord, trait = (
        balise("use", href=f"#{marque}", **palette.attributs(role))
        for role in ("bord-de-trait", surcouche.role)
    )
    return balise("g", balise("defs", forme), bord, trait)


def _marque(marque: Marque, palette: Palette) -> str:
    if marque.forme == "double":
        disque = palette.attributs("marque-disque")
        deux = [balise("circle", cx=marque.x + d, cy=marque.y, r=4, **disque) for d in (2.5, -2.5)]
        return balise("g", *deux)
    attributs = palette.attributs(marque.role)
    if marque.forme == "losange":
        d = f"M{arrondi(marque.x)} {arrondi(marque.y - 5)}l5 5-5 5-5-5z"
        return balise("path", d=d, **attributs)
    return balise("circle", cx=marque.x, cy=marque.y, r=4, **attributs)


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
    ecrites: list[str] = []
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
        ecrites += [
            texte(
                palette, "etiquette", gauche + large / 2, haut + taille + rang * (taille + 2),
                ligne, taille=taille, graisse=600, ancre="middle",
            )
            for rang, ligne in enumerate(lignes)
        ]  # fmt: skip
    return ecrites
