"""Anneau de complétude : la part faite, en arc, et sa valeur écrite au centre."""

import math
from dataclasses import dataclass

from cls_platform.socle.svg.trace import CLASSES, Palette, balise, figure, texte


@dataclass(frozen=True, kw_only=True)
class Anneau:
    """`part` va de 0 à 1 ; au-delà, elle est ramenée dans ces bornes."""

    titre: str
    part: float
    etiquette: str = ""
    taille: int = 48


def dessiner(spec: Anneau, palette: Palette = CLASSES) -> str:
    part = min(max(spec.part, 0.0), 1.0) if math.isfinite(spec.part) else 0.0
    centre = spec.taille / 2
    trait = spec.taille / 9
    rayon = centre - trait / 2
    tour = 2 * math.pi * rayon
    commun: dict[str, str | float | None] = {
        "cx": centre, "cy": centre, "r": rayon, "fill": "none", "stroke_width": trait,
    }  # fmt: skip
    corps: list[str] = [balise("circle", **commun, **palette.attributs("anneau-fond"))]
    if part > 0:
        arc = balise(
            "circle",
            **commun,
            stroke_dasharray=f"{tour * part:.1f} {tour:.1f}",
            transform=f"rotate(-90 {centre:.1f} {centre:.1f})",
            **palette.attributs("anneau"),
        )
        corps.append(arc)
    if spec.etiquette:
        mesure = spec.taille * 0.27
        corps.append(
            texte(
                palette, "texte", centre, centre + mesure * 0.35, spec.etiquette,
                taille=mesure, graisse=700, ancre="middle",
            )
        )  # fmt: skip
    return figure(palette, spec.taille, spec.taille, corps, titre=spec.titre, classe="g-anneau")
