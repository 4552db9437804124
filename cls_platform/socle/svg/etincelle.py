"""La forme d'une série dans une cellule. Décorative : le tableau porte les valeurs."""

from collections.abc import Sequence

from cls_platform.socle.svg.echelle import Echelle, bornes
from cls_platform.socle.svg.trace import (
    CLASSES,
    Palette,
    arrondi,
    balise,
    chemin,
    disque,
    ligne_brisee,
)


def dessiner(
    valeurs: Sequence[float | None],
    palette: Palette = CLASSES,
    largeur: int = 84,
    hauteur: int = 26,
) -> str:
    """SVG caché aux lecteurs d'écran ; vide sans valeur, un seul disque avec une valeur."""
    connus = [(rang, valeur) for rang, valeur in enumerate(valeurs) if valeur is not None]
    x = Echelle(0, max(len(valeurs) - 1, 1), 4, largeur - 4)
    bas, haut = bornes([valeur for _, valeur in connus], zero=False)
    y = Echelle(bas, haut, hauteur - 5, 5)
    points = [(x(rang), y(valeur)) for rang, valeur in connus]
    corps = [chemin(palette, "etincelle", ligne_brisee(points))] if len(points) > 1 else []
    if points:
        corps.append(disque(palette, "etincelle-fin", *points[-1], 2.6))
    return balise(
        "svg", *corps, width=largeur, height=hauteur,
        viewBox=f"0 0 {arrondi(largeur)} {arrondi(hauteur)}", aria_hidden="true",
        class_="g-mini", **({} if palette.imprimee else {"focusable": "false"}),
    )  # fmt: skip
