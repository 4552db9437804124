"""Des colonnes empilées, une par année : les parts d’un tout, distinguées par leur trame.

Une part trop mince pour son nombre le porte à côté de la colonne, au bout d’un trait. Sans place à
côté non plus, il n’est pas écrit : le tableau voisin donne toutes les valeurs.
"""

import itertools
import zlib
from dataclasses import dataclass

from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.axes import ecrire_graduations
from cls_platform.socle.svg.echelle import Echelle, bornes, graduations_lisibles
from cls_platform.socle.svg.trace import (
    CLASSES,
    Palette,
    balise,
    chemin,
    figure,
    rectangle,
    texte,
)

# Le côté du motif, sa rotation, son dessin. La première part est pleine, la dernière est claire.
TRAMES = (
    (0, "", ""),
    (6, "rotate(45)", "M1.5 0v6"),
    (7, "", "M1.5 3.5h4M3.5 1.5v4"),
    (6, "", "M0 3h6"),
    (0, "", ""),
    (8, "rotate(-45)", "M2 0v8M5 0v8"),
)
LEGENDE, TAILLE = 20.0, 13.0
RENVOI, INTERLIGNE = 8.0, 14.0


@dataclass(frozen=True, kw_only=True)
class Pile:
    """`valeurs` : une par part, None si elle manque ; `etiquettes` : les mêmes, déjà écrites."""

    nom: str
    valeurs: tuple[float | None, ...]
    etiquettes: tuple[str, ...]
    total: str = ""
    est_courante: bool = False


@dataclass(frozen=True, kw_only=True)
class Piles:
    """`parts` : leurs noms, six au plus, de bas en haut."""

    titre: str
    description: str
    parts: tuple[str, ...]
    piles: tuple[Pile, ...]
    graduations: tuple[tuple[float, str], ...] = ()
    largeur: int = 650
    hauteur: int = 250


def dessiner(spec: Piles, palette: Palette = CLASSES) -> str:
    """SVG des colonnes, base à zéro, sous leur légende. Une valeur négative n’est pas dessinée."""
    prefixe = f"p{zlib.crc32(f'{spec.titre}|{spec.largeur}|{spec.description}'.encode()):08x}"
    legende, haut = _legende(spec, palette, prefixe)
    noms = [metriques.largeur(nom, 12.5) for _, nom in spec.graduations]
    gauche = 14.0 + max(noms, default=0.0) if noms else 0.0
    sol = spec.hauteur - 24.0
    valeurs = [somme(pile) for pile in spec.piles] + [v for v, _ in spec.graduations]
    y = Echelle(*bornes(valeurs, zero=True), sol, haut + 24.0)
    corps = [_definitions(spec, palette, prefixe), *legende]
    corps += ecrire_graduations(palette, spec.graduations, y, gauche, spec.largeur)
    pas = (spec.largeur - gauche) / max(len(spec.piles), 1)
    for rang, pile in enumerate(spec.piles):
        corps += _pile(spec, palette, prefixe, pile, gauche + pas * (rang + 0.5), pas, y)
    corps.append(chemin(palette, "axe", f"M{gauche:.1f} {sol:.1f}H{spec.largeur}"))
    return figure(
        palette, spec.largeur, spec.hauteur, corps,
        titre=spec.titre, description=spec.description, classe="g-colonnes",
    )  # fmt: skip


def somme(pile: Pile) -> float:
    """Ce que la colonne montre : les parts connues et positives."""
    return sum(v for v in pile.valeurs if v is not None and v > 0)


def graduations_de(piles: tuple[Pile, ...], *, pas_minimal: float = 0.0) -> list[float]:
    etendue = bornes([somme(pile) for pile in piles], zero=True)
    return graduations_lisibles(*etendue, pas_minimal=pas_minimal)


def _definitions(spec: Piles, palette: Palette, prefixe: str) -> str:
    motifs = []
    for rang, (cote, rotation, d) in enumerate(TRAMES[: len(spec.parts)]):
        if not cote:
            continue
        fond = balise("rect", width=cote, height=cote, **palette.attributs("trame-fond"))
        motifs.append(
            balise(
                "pattern", fond, chemin(palette, "trame-trait", d), id=f"{prefixe}-{rang}",
                width=cote, height=cote, patternUnits="userSpaceOnUse",
                patternTransform=rotation or None,
            )
        )  # fmt: skip
    return balise("defs", *motifs) if motifs else ""


def _plage(
    palette: Palette, prefixe: str, rang: int, x: float, y: float, large: float, haut: float
) -> str:
    if not TRAMES[rang][0]:
        return rectangle(
            palette, "trame-pleine" if rang == 0 else "trame-claire", x, y, large, haut
        )
    return balise(
        "rect", x=x, y=y, width=large, height=haut, fill=f"url(#{prefixe}-{rang})",
        **{cle: v for cle, v in palette.attributs("trame").items() if cle != "fill"},
    )  # fmt: skip


def _legende(spec: Piles, palette: Palette, prefixe: str) -> tuple[list[str], float]:
    """(SVG, hauteur prise), à la ligne quand la place manque."""
    corps: list[str] = []
    x, y = 0.5, 3.0
    for rang, part in enumerate(spec.parts[: len(TRAMES)]):
        nom = metriques.abreger(part, TAILLE, spec.largeur - 24)
        large = 20 + metriques.largeur(nom, TAILLE)
        if x > 1 and x + large > spec.largeur:
            x, y = 0.5, y + LEGENDE
        corps += [
            _plage(palette, prefixe, rang, x, y, 14, 12),
            texte(palette, "texte", x + 20, y + 10.5, nom, taille=TAILLE),
        ]
        x += large + 16
    return corps, y + LEGENDE


def _pile(
    spec: Piles, palette: Palette, prefixe: str, pile: Pile, x: float, pas: float, y: Echelle
) -> list[str]:
    large, bas = min(72.0, pas * 0.68), 0.0
    corps: list[str] = []
    a_cote: list[tuple[float, str]] = []
    suite = zip(pile.valeurs, pile.etiquettes, strict=True)
    for rang, (valeur, mot) in enumerate(itertools.islice(suite, len(TRAMES))):
        if valeur is None or valeur <= 0:
            continue
        haut_px, bas_px = y(bas + valeur), y(bas)
        corps.append(
            _plage(palette, prefixe, rang, x - large / 2, haut_px, large, bas_px - haut_px)
        )
        milieu = (haut_px + bas_px) / 2
        dedans = _nombre(palette, rang, mot, x, milieu, large, bas_px - haut_px)
        corps += dedans
        a_cote += [] if dedans or not mot else [(milieu, mot)]
        bas += valeur
    corps += _a_cote(palette, a_cote, x + large / 2, (pas - large) / 2)
    corps += _centre(spec, palette, "valeur", pile.total, x, y(bas) - 7, pas, 600)
    graisse = 600 if pile.est_courante else 400
    return corps + _centre(spec, palette, "annee", pile.nom, x, spec.hauteur - 6.0, pas, graisse)


def _nombre(
    palette: Palette, rang: int, mot: str, x: float, y: float, large: float, haut: float
) -> list[str]:
    """Sur un fond clair, pour se lire sur la trame."""
    ecrit = metriques.largeur(mot, TAILLE, 600)
    if not mot or haut < 18 or ecrit + 8 > large:
        return []
    role = "sur-pleine" if rang == 0 else "sur-trame"
    fond = rectangle(palette, "cartel", x - ecrit / 2 - 3, y - 8, ecrit + 6, 16) if rang else ""
    return [
        *([fond] if fond else []),
        texte(palette, role, x - ecrit / 2, y + 4.6, mot, taille=TAILLE, graisse=600),
    ]


def _a_cote(
    palette: Palette, nombres: list[tuple[float, str]], bord: float, place: float
) -> list[str]:
    """De bas en haut, chacun au-dessus du précédent ; celui qui n’a pas la place est omis."""
    corps: list[str] = []
    plafond = float("inf")
    for milieu, mot in nombres:
        y = min(milieu, plafond - INTERLIGNE)
        if RENVOI + 2 + metriques.largeur(mot, TAILLE) > place:
            continue
        d = f"M{bord:.1f} {milieu:.1f}L{bord + RENVOI:.1f} {y:.1f}"
        corps += [
            chemin(palette, "repere", d),
            texte(palette, "texte", bord + RENVOI + 2, y + 4.6, mot, taille=TAILLE),
        ]
        plafond = y
    return corps


def _centre(
    spec: Piles, palette: Palette, role: str, mot: str, x: float, base: float, pas: float,
    graisse: int,
) -> list[str]:  # fmt: skip
    large = metriques.largeur(mot, TAILLE, graisse)
    if not mot or large > pas:
        return []
    gauche = min(max(x - large / 2, 0.0), spec.largeur - large)
    return [texte(palette, role, gauche, base, mot, taille=TAILLE, graisse=graisse)]
