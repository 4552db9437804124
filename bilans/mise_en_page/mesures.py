"""Unités de la page imprimée, en px CSS (96 par pouce), et lignes que prend un texte."""

import math
from collections.abc import Iterable

from cls_platform.socle.svg import metriques

POINT = 96 / 72
MM = 96 / 25.4


def lignes(texte: str, points: float, millimetres: float, graisse: int = 400) -> int:
    """Lignes de `millimetres` ; un mot plus long que la ligne se coupe et en prend plusieurs."""
    taille, place = points * POINT, millimetres * MM
    coupees = metriques.couper(texte, taille, place, graisse)
    return sum(max(math.ceil(metriques.largeur(ligne, taille, graisse) / place), 1)
               for ligne in coupees)  # fmt: skip


def tenir(texte: str, points: float, millimetres: float, maximum: int, graisse: int = 400) -> str:
    """Le texte en `maximum` lignes au plus, fini par « … » s’il en prend davantage."""
    taille, place = points * POINT, millimetres * MM
    coupees = [
        metriques.abreger(ligne, taille, place, graisse)
        for ligne in metriques.couper(texte, taille, place, graisse)
    ]
    fin = "…" if len(coupees) > maximum else ""
    return " ".join(coupees[:maximum]) + fin


def lignes_melees(morceaux: Iterable[tuple[str, float, int]], millimetres: float) -> int:
    """Lignes d’un texte fait de morceaux (texte, corps, graisse) qui se suivent."""
    place, combien, large = millimetres * MM, 1, 0.0
    for texte, points, graisse in morceaux:
        taille = points * POINT
        espace = metriques.largeur(" ", taille, graisse)
        for mot in texte.split(" "):
            du_mot = metriques.largeur(mot, taille, graisse)
            if large and large + espace + du_mot > place:
                combien, large = combien + 1, 0.0
            combien += math.ceil(du_mot / place) - 1 if du_mot > place else 0
            large += du_mot + (espace if large else 0.0)
    return combien
