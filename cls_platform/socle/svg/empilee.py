"""Barres empilées : une grande rangée nommée, les autres plus basses pour comparer."""

from dataclasses import dataclass

from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.trace import CLASSES, Palette, figure, rectangle, texte

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
            noms_svg, ajout = _noms(palette, places, y, spec.largeur)
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
    corps: list[str] = [nom]
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


Places = list[tuple[Part, float, float]]


def _noms(palette: Palette, places: Places, y: float, fin: float) -> tuple[list[str], float]:
    """(SVG, hauteur prise). Chaque nom sous sa part ; si l'un n'y tient pas, tous en légende."""
    lignes = [_lignes(part.nom, fin - x if x + large > fin - 1 else large - 4)
              for part, x, large in places]  # fmt: skip
    if all(lignes):
        corps: list[str] = [
            texte(palette, "texte", x, y + 18.5 + 15 * n, ligne, taille=TAILLE_NOM, graisse=600)
            for (_, x, _), suite in zip(places, lignes, strict=True)
            for n, ligne in enumerate(suite)
        ]
        return corps, 10.0 + 15 * max((len(suite) for suite in lignes), default=0)
    return _legende(palette, places, y, fin)


def _lignes(nom: str, place: float) -> list[str]:
    """Deux lignes au plus dans la place, sinon aucune."""
    lignes = metriques.couper(nom, TAILLE_NOM, place, 600)
    tient = all(metriques.largeur(ligne, TAILLE_NOM, 600) <= place for ligne in lignes)
    return lignes if tient and len(lignes) <= 2 else []


def _legende(palette: Palette, places: Places, y: float, fin: float) -> tuple[list[str], float]:
    debut = places[0][1]
    x, base = debut, y + 22.0
    corps: list[str] = []
    for part, _, _ in places:
        mot = f"{part.valeur} {part.nom}"
        large = 18 + metriques.largeur(mot, TAILLE_NOM, 600)
        if x > debut and x + large > fin:
            x, base = debut, base + 19
        corps += [
            rectangle(palette, f"part-{part.role}", x + 0.5, base - 10.5, 11, 11),
            texte(palette, "texte", x + 18, base, mot, taille=TAILLE_NOM, graisse=600),
        ]
        x += large + 16
    return corps, base - y + 8
