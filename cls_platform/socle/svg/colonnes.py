"""Colonnes pour une série courte : quelques années, puis la cible en tirets."""

from dataclasses import dataclass

from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.echelle import Echelle, bornes
from cls_platform.socle.svg.trace import CLASSES, Palette, chemin, figure, rectangle, texte


@dataclass(frozen=True, kw_only=True)
class Colonne:
    """`etiquette` au-dessus (`courte` si la place manque), `nom` au-dessous.

    `visee` : un but, pas une mesure.
    """

    nom: str
    valeur: float
    etiquette: str
    courte: str = ""
    forte: bool = False
    visee: bool = False
    provisoire: bool = False


@dataclass(frozen=True, kw_only=True)
class Colonnes:
    titre: str
    description: str
    colonnes: tuple[Colonne, ...]
    largeur: int = 317
    hauteur: int = 200


def dessiner(spec: Colonnes, palette: Palette = CLASSES) -> str:
    """SVG des colonnes, base à zéro."""
    sol = spec.hauteur - 24.0
    bas, haut = bornes([c.valeur for c in spec.colonnes], zero=True)
    echelle = Echelle(bas, haut, sol, 28.0)
    zero = echelle(0.0)
    pas = spec.largeur / max(len(spec.colonnes), 1)
    corps: list[str] = []
    for rang, colonne in enumerate(spec.colonnes):
        corps += _colonne(spec, palette, colonne, pas * (rang + 0.5), pas, echelle)
    corps.append(chemin(palette, "axe", f"M0 {zero:.1f}H{spec.largeur}"))
    return figure(
        palette, spec.largeur, spec.hauteur, corps,
        titre=spec.titre, description=spec.description, classe="g-colonnes",
    )  # fmt: skip


def _colonne(
    spec: Colonnes, palette: Palette, colonne: Colonne, x: float, pas: float, echelle: Echelle
) -> list[str]:
    large = min(78.0, pas * 0.7)
    zero, y = echelle(0.0), echelle(colonne.valeur)
    role = "colonne-visee" if colonne.visee else "colonne"
    role = "colonne-provisoire" if colonne.provisoire else role
    taille, mot = _etiquette(colonne, pas - 4)
    base = spec.hauteur - 5.0
    graisse = 800 if colonne.forte else 400
    return [
        rectangle(palette, role, x - large / 2, min(y, zero), large, max(abs(zero - y), 0.0)),
        texte(
            palette, "valeur", _centre(mot, x, taille, 800, spec.largeur),
            min(y, zero) - 8, mot, taille=taille, graisse=800,
        ),
        texte(
            palette, "annee", _centre(colonne.nom, x, 13, graisse, spec.largeur),
            base, colonne.nom, graisse=graisse,
        ),
    ]  # fmt: skip


def _etiquette(colonne: Colonne, place: float) -> tuple[float, str]:
    """La plus grande taille qui tient ; sous 16 px, la forme courte est préférée."""
    taille, mot = (20.0 if colonne.forte else 15.0), colonne.etiquette
    while taille > 11 and metriques.largeur(mot, taille, 800) > place:
        taille -= 1
        if taille < 16 and colonne.courte and mot != colonne.courte:
            taille, mot = 20.0, colonne.courte
    return taille, mot


def _centre(mot: str, x: float, taille: float, graisse: int, largeur: float) -> float:
    """Abscisse de début d'un texte centré sur x sans sortir de l'image."""
    large = metriques.largeur(mot, taille, graisse)
    return min(max(x - large / 2, 0.0), max(largeur - large, 0.0))
