"""Barres empilées : une grande rangée nommée, les autres plus basses pour comparer."""

from dataclasses import dataclass

from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.placement import Boite
from cls_platform.socle.svg.trace import CLASSES, Palette, chemin, figure, rectangle, texte

ECART = 3.0
TAILLE_NOM = 13.0


@dataclass(frozen=True, kw_only=True)
class Part:
    """`role` donne la couleur de la part, `role-sur` celle du nombre écrit dessus."""

    role: str
    nom: str
    valeur: int


@dataclass(frozen=True, kw_only=True)
class Rangee:
    nom: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class Empilee:
    """La première rangée est la principale : seules ses parts sont nommées."""

    titre: str
    description: str
    rangees: tuple[Rangee, ...]
    largeur: int = 658


def dessiner(spec: Empilee, palette: Palette = CLASSES) -> str:
    """SVG des rangées. Une part nulle n'est pas dessinée."""
    noms = [metriques.largeur(r.nom, 20, 800) for r in spec.rangees]
    debut = max(noms, default=0.0) + 9
    corps: list[str] = []
    y = 0.5
    for rang, rangee in enumerate(spec.rangees):
        principale = rang == 0
        hauteur = 58.0 if principale else 32.0
        places = repartir(rangee, debut, spec.largeur, 30.0 if principale else 22.0)
        corps += _rangee(palette, rangee, places, y, hauteur, principale=principale)
        y += hauteur
        if principale:
            noms_svg, ajout = _noms(palette, rangee, places, y, spec.largeur)
            corps += noms_svg
            y += ajout
        y += 10
    return figure(
        palette, spec.largeur, max(y - 8, 1), corps,
        titre=spec.titre, description=spec.description, classe="g-empilee",
    )  # fmt: skip


def repartir(
    rangee: Rangee, debut: float, fin: float, minimum: float
) -> list[tuple[Part, float, float]]:
    """(part, abscisse, largeur) des parts non nulles ; aucune sous `minimum`, pour rester lue."""
    parts = [part for part in rangee.parts if part.valeur > 0]
    place = fin - debut - ECART * max(len(parts) - 1, 0)
    minimum = min(minimum, place / max(len(parts), 1))
    larges: dict[int, float] = {}
    libres = list(range(len(parts)))
    while libres:
        reste = place - sum(larges.values())
        total = sum(parts[rang].valeur for rang in libres)
        petits = [r for r in libres if reste * parts[r].valeur / total < minimum]
        if not petits:
            larges |= {r: reste * parts[r].valeur / total for r in libres}
            break
        larges |= dict.fromkeys(petits, minimum)
        libres = [r for r in libres if r not in petits]
    resultat, x = [], debut
    for rang, part in enumerate(parts):
        resultat.append((part, x, larges[rang]))
        x += larges[rang] + ECART
    return resultat


def _rangee(
    palette: Palette,
    rangee: Rangee,
    places: list[tuple[Part, float, float]],
    y: float,
    hauteur: float,
    *,
    principale: bool,
) -> list[str]:
    taille, decalage = (30.0, 10.5) if principale else (16.0, 5.7)
    base = y + hauteur / 2
    nom = texte(
        palette, "texte", 0, base + (7 if principale else 5.5), rangee.nom,
        taille=20 if principale else 16, graisse=800 if principale else 400,
    )  # fmt: skip
    corps = [nom]
    for part, x, large in places:
        mot = str(part.valeur)
        mesure = taille
        while mesure > 11 and metriques.largeur(mot, mesure, 800) > large - 6:
            mesure -= 1
        marge = min(9.0, (large - metriques.largeur(mot, mesure, 800)) / 2)
        corps += [
            rectangle(palette, f"part-{part.role}", x, y, large, hauteur),
            texte(
                palette, f"sur-{part.role}", x + marge, base + decalage * mesure / taille, mot,
                taille=mesure, graisse=800,
            ),
        ]  # fmt: skip
    return corps


def _noms(
    palette: Palette,
    rangee: Rangee,
    places: list[tuple[Part, float, float]],
    y: float,
    fin: float,
) -> tuple[list[str], float]:
    """Noms sous la rangée principale, sur autant d'étages qu'il faut ; (SVG, hauteur prise)."""
    prises: list[Boite] = []
    corps: list[str] = []
    bas = y + 18.0
    for rang, (part, x, large) in enumerate(places):
        dernier = rang == len(places) - 1
        place = fin - x if dernier else max(large - 4, 0)
        lignes = metriques.couper(part.nom, TAILLE_NOM, place, 600)
        mesure = max(metriques.largeur(ligne, TAILLE_NOM, 600) for ligne in lignes)
        gauche = min(x, fin - mesure)
        haut = y + 6.0
        boite = Boite(gauche, haut, gauche + mesure, haut + 15.0 * len(lignes))
        while any(boite.touche(autre, 6) for autre in prises):
            haut += 15.0
            boite = Boite(gauche, haut, gauche + mesure, haut + 15.0 * len(lignes))
        prises.append(boite)
        if haut > y + 6:
            corps.append(chemin(palette, "rappel", f"M{x + 2:.1f} {y + 2:.1f}V{haut + 2:.1f}"))
        corps += [
            texte(
                palette, "texte", gauche + (6 if haut > y + 6 and gauche == x else 0),
                haut + 12.5 + 15 * n, ligne, taille=TAILLE_NOM, graisse=600,
            )
            for n, ligne in enumerate(lignes)
        ]  # fmt: skip
        bas = max(bas, boite.bas)
    return corps, bas - y + (4 if rangee.parts else 0)
