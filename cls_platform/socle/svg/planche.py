"""De petites courbes à la même taille, côte à côte : chacune a son échelle, toutes leurs années.

Une vignette seule illustre une carte de la page ; la planche entière va dans un document.
"""

import itertools
from dataclasses import dataclass

from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.axes import losange
from cls_platform.socle.svg.courbe import Point
from cls_platform.socle.svg.echelle import Echelle, bornes
from cls_platform.socle.svg.placement import Boite, Placeur, autour
from cls_platform.socle.svg.suites import suites
from cls_platform.socle.svg.trace import (
    CLASSES,
    Palette,
    arrondi,
    chemin,
    disque,
    figure,
    ligne_brisee,
    texte,
)

LARGEUR, HAUTEUR, TITRE, ECART = 280, 104, 22, 18
TAILLE, PETITE = 13.0, 12.0


@dataclass(frozen=True, kw_only=True)
class Vignette:
    """`nom` n’est écrit que sur une planche : sur une page, la carte le porte.

    Les années sont de `de` à `a`, pour que des vignettes voisines se comparent.
    """

    nom: str
    description: str
    observes: tuple[Point, ...]
    prevue: tuple[Point, ...] = ()
    marge: float = 0.0
    cible: Point | None = None
    de: int
    a: int


@dataclass(frozen=True, kw_only=True)
class Planche:
    titre: str
    description: str
    vignettes: tuple[Vignette, ...]
    largeur: int = 650


def dessiner(vignette: Vignette, palette: Palette = CLASSES) -> str:
    return figure(
        palette, LARGEUR, HAUTEUR, _vignette(vignette, palette, 0, 0, LARGEUR),
        titre=vignette.nom, description=vignette.description, classe="g-courbe",
    )  # fmt: skip


def dessiner_planche(planche: Planche, palette: Palette = CLASSES) -> str:
    """Autant de colonnes qu’il en tient, une au moins."""
    colonnes = max(1, (planche.largeur + ECART) // (190 + ECART))
    large = (planche.largeur - ECART * (colonnes - 1)) / colonnes
    pas = TITRE + HAUTEUR + ECART
    corps: list[str] = []
    for rang, vignette in enumerate(planche.vignettes):
        x, y = (rang % colonnes) * (large + ECART), (rang // colonnes) * pas
        nom = metriques.abreger(vignette.nom, TAILLE, large, 600)
        corps.append(texte(palette, "texte", x, y + 14, nom, taille=TAILLE, graisse=600))
        corps += _vignette(vignette, palette, x, y + TITRE, large)
    rangees = -(-len(planche.vignettes) // colonnes)
    return figure(
        palette, planche.largeur, max(rangees * pas - ECART, 1), corps,
        titre=planche.titre, description=planche.description, classe="g-courbe",
    )  # fmt: skip


def _vignette(
    vignette: Vignette, palette: Palette, dx: float, dy: float, large: float
) -> list[str]:
    """La courbe, son attendu, ses deux bouts écrits, ses deux années."""
    sol = dy + HAUTEUR - 20.0
    x = Echelle(vignette.de, vignette.a, dx + 12, dx + large - 12)
    y = Echelle(*bornes(_valeurs(vignette), zero=False), sol - 8, dy + 20)
    placeur = Placeur(dx + large, dy, sol - 1)
    connus = sorted((p for p in vignette.observes if p.valeur is not None), key=lambda p: p.x)
    corps: list[str] = [chemin(palette, "grille", f"M{dx:.1f} {sol:.1f}H{dx + large:.1f}")]
    corps += _prevue(vignette, palette, x, y, placeur)
    corps += _observes(vignette, palette, connus, x, y, placeur)
    corps += _bouts(vignette, palette, connus, x, y, placeur, dx)
    return corps + _annees(vignette, palette, dx, large, dy + HAUTEUR - 4.0)


def _valeurs(vignette: Vignette) -> list[float]:
    suites = (*vignette.observes, *((vignette.cible,) if vignette.cible else ()))
    prevues = [v for p in vignette.prevue if p.valeur is not None
               for v in (p.valeur - vignette.marge, p.valeur + vignette.marge)]  # fmt: skip
    return [p.valeur for p in suites if p.valeur is not None] + prevues


def _prevue(
    vignette: Vignette, palette: Palette, x: Echelle, y: Echelle, placeur: Placeur
) -> list[str]:
    suite = [(x(p.x), p.valeur) for p in vignette.prevue if p.valeur is not None]
    corps: list[str] = []
    if len(suite) > 1:
        haut = [(px, y(v + vignette.marge)) for px, v in suite]
        bas = [(px, y(v - vignette.marge)) for px, v in reversed(suite)]
        places = [(px, y(v)) for px, v in suite]
        corps += [chemin(palette, "aire", f"{ligne_brisee([*haut, *bas])}z")] * bool(vignette.marge)
        corps.append(chemin(palette, "cible", ligne_brisee(places)))
        placeur.segments += [(*de, *a) for de, a in itertools.pairwise(places)]
    if vignette.cible and vignette.cible.valeur is not None:
        px, py = x(vignette.cible.x), y(vignette.cible.valeur)
        placeur.occupees.append(Boite(px - 5, py - 5, px + 5, py + 5))
        corps.append(losange(palette, px, py, 5))
    return corps


def _observes(
    vignette: Vignette, palette: Palette, connus: list[Point], x: Echelle, y: Echelle,
    placeur: Placeur,
) -> list[str]:  # fmt: skip
    """Un point par valeur, un disque sur la dernière ; un trou interrompt le trait."""
    places = {point: (x(point.x), y(point.valeur or 0)) for point in connus}
    corps: list[str] = []
    for role, suite in suites(vignette.observes):
        trajet = [places[point] for point in suite]
        placeur.segments += [(*de, *a) for de, a in itertools.pairwise(trajet)]
        corps.append(chemin(palette, role, ligne_brisee(trajet)))
    if len(connus) > 1:
        d = "".join(f"M{arrondi(px)} {arrondi(py)}h0" for px, py in places.values())
        corps.append(chemin(palette, "points", d))
    for point in connus[-1:]:
        px, py = places[point]
        placeur.occupees.append(Boite(px - 4, py - 4, px + 4, py + 4))
        role = "disque-creux" if point.provisoire else "disque"
        corps.append(disque(palette, role, px, py, 4))
    return corps


def _bouts(
    vignette: Vignette, palette: Palette, connus: list[Point], x: Echelle, y: Echelle,
    placeur: Placeur, dx: float,
) -> list[str]:  # fmt: skip
    """La dernière valeur, la cible, puis la première si elles ont la place."""
    bouts = [("valeur", p) for p in connus[-1:]]
    bouts += [("nom-cible", vignette.cible)] if vignette.cible else []
    bouts += [("discret", p) for p in connus[:1] if len(connus) > 1]
    corps: list[str] = []
    for role, point in bouts:
        graisse = 400 if role == "discret" else 600
        large = metriques.largeur(point.etiquette, PETITE, graisse)
        essais = autour(x(point.x), y(point.valeur or 0), large, PETITE, 8, "hbagdHB")
        dedans = (_calee(essai, dx, placeur.largeur) for essai in essais)
        boite = placeur.poser_parmi(dedans) if point.etiquette else None
        if boite:
            corps.append(
                texte(palette, role, boite.gauche, boite.bas, point.etiquette, taille=PETITE,
                      graisse=graisse)
            )  # fmt: skip
    return corps


def _calee(boite: Boite, debut: float, fin: float) -> Boite:
    """Ramenée dans la largeur de la vignette."""
    large = boite.droite - boite.gauche
    gauche = max(min(boite.gauche, fin - large), debut)
    return Boite(gauche, boite.haut, gauche + large, boite.bas)


def _annees(
    vignette: Vignette, palette: Palette, dx: float, large: float, base: float
) -> list[str]:
    de, a = str(vignette.de), str(vignette.a)
    corps: list[str] = [texte(palette, "discret", dx, base, de, taille=PETITE)]
    if a != de:
        fin = dx + large - metriques.largeur(a, PETITE)
        corps.append(texte(palette, "discret", fin, base, a, taille=PETITE))
    return corps
