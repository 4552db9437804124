"""Barres horizontales : un nom, une barre, sa valeur écrite au bout."""

from dataclasses import dataclass

from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.echelle import Echelle, bornes
from cls_platform.socle.svg.trace import CLASSES, Palette, figure, rectangle, texte


@dataclass(frozen=True, kw_only=True)
class Barre:
    """`role` choisit la couleur ; `etiquette` est la valeur déjà écrite."""

    nom: str
    valeur: float
    etiquette: str
    role: str = "barre"


@dataclass(frozen=True, kw_only=True)
class Barres:
    """Le nombre de barres fixe la hauteur."""

    titre: str
    description: str
    barres: tuple[Barre, ...]
    largeur: int = 658
    epaisseur: int = 19
    pas: int = 27


def dessiner(spec: Barres, palette: Palette = CLASSES) -> str:
    """SVG des barres. Un nom trop long est abrégé : le tableau voisin le donne entier."""
    noms = [metriques.largeur(b.nom, 13.5) for b in spec.barres]
    marge = min(max(noms, default=0.0) + 12, spec.largeur * 0.4)
    fins = [metriques.largeur(b.etiquette, 14, 700) for b in spec.barres]
    droite = spec.largeur - max(fins, default=0.0) - 8
    haut = bornes([max(b.valeur, 0.0) for b in spec.barres], zero=True)[1]
    echelle = Echelle(0.0, haut, marge, max(droite, marge + 1))
    corps: list[str] = []
    for rang, barre in enumerate(spec.barres):
        y = 2 + rang * spec.pas
        fin = echelle(max(barre.valeur, 0.0))
        nom = metriques.abreger(barre.nom, 13.5, marge - 8)
        corps += [
            texte(palette, "texte", 0, y + 14, nom, taille=13.5),
            rectangle(palette, barre.role, marge, y, fin - marge, spec.epaisseur),
            texte(palette, "valeur", fin + 8, y + 15, barre.etiquette, taille=14, graisse=700),
        ]
    hauteur = max(len(spec.barres) * spec.pas, 1)
    return figure(
        palette, spec.largeur, hauteur, corps,
        titre=spec.titre, description=spec.description, classe="g-barres",
    )  # fmt: skip
