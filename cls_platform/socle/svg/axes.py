"""Ce que les graphiques d’années ont en commun : l’axe des valeurs, celui des années, la cible."""

from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.echelle import Echelle
from cls_platform.socle.svg.trace import Palette, chemin, texte

TAILLE = 12.5
PLACE_D_UNE_ANNEE = 40


def ecrire_graduations(
    palette: Palette,
    graduations: tuple[tuple[float, str], ...],
    y: Echelle,
    gauche: float,
    droite: float,
) -> list[str]:
    """Un trait fin et son nombre, aligné à droite contre l’axe."""
    corps: list[str] = []
    for valeur, mot in graduations:
        place = y(valeur)
        debut = max(gauche - 10 - metriques.largeur(mot, TAILLE), 0)
        corps += [
            chemin(palette, "grille", f"M{gauche:.1f} {place:.1f}H{droite:.1f}"),
            texte(palette, "discret", debut, place + 4, mot, taille=TAILLE),
        ]
    return corps


def annees_ecrites(x: Echelle, courante: float | None) -> list[int]:
    """Toutes si elles tiennent, sinon une sur deux ou trois, en gardant la courante."""
    de, a = round(x.de), round(x.a)
    pas = max(1, -(-(a - de) * PLACE_D_UNE_ANNEE // max(int(x.fin - x.debut), 1)))
    garde = a if courante is None else round(courante)
    return [annee for annee in range(de, a + 1) if not (annee - garde) % pas]


def ecrire_annees(
    palette: Palette, x: Echelle, courante: float | None, base: float, largeur: float
) -> list[str]:
    """La courante en gras ; aucune ne sort de l’image."""
    corps: list[str] = []
    for annee in annees_ecrites(x, courante):
        mot, fort = str(annee), annee == courante
        large = metriques.largeur(mot, TAILLE, 600 if fort else 400)
        gauche = min(max(x(annee) - large / 2, 0), largeur - large)
        role = "annee" if fort else "discret"
        corps.append(
            texte(palette, role, gauche, base, mot, taille=TAILLE, graisse=600 if fort else 400)
        )
    return corps


def losange(palette: Palette, x: float, y: float, rayon: float) -> str:
    d = (
        f"M{x - rayon:.1f} {y:.1f}L{x:.1f} {y - rayon:.1f}"
        f"L{x + rayon:.1f} {y:.1f}L{x:.1f} {y + rayon:.1f}z"
    )
    return chemin(palette, "losange", d)
