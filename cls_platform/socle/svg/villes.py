"""Les noms de villes d'une carte : aucun ne recouvre un autre, ni ne sort de l'image."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot

from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.placement import Boite
from cls_platform.socle.svg.trace import Palette, texte

TAILLE, GRAISSE = 15.0, 600
# Sur un téléphone, l'image est deux fois plus petite et les noms deux fois plus grands
GROSSI = 2.0
MARGE = 4.0
# Deux villes plus proches se disputent la place, et cachent ce qu'elles nomment
ECART = 52.0
DECALAGES = (0.0, -TAILLE, TAILLE, -1.4 * TAILLE, 1.4 * TAILLE)


@dataclass(frozen=True, kw_only=True)
class Ville:
    """Un nom à écrire, centré sur le point (x, y) en px du dessin."""

    nom: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class NomPose:
    """`y` : la ligne de base. `est_mineur` : se cache sur un petit écran, faute de place."""

    texte: str
    x: float
    y: float
    est_mineur: bool


def poser(
    villes: Iterable[Ville], largeur: float, hauteur: float, reservees: Iterable[Boite] = ()
) -> list[NomPose]:
    """Dans l'ordre donné, la plus importante d'abord : sur son point, sinon au-dessus ou dessous.

    Un nom sans place, ou trop près d'une ville plus importante, est omis : le tableau le dit.
    `reservees` : là où rien ne s'écrit.
    """
    prises = list(reservees)
    poses: list[tuple[Ville, float]] = []
    for ville in villes:
        if any(hypot(ville.x - autre.x, ville.y - autre.y) < ECART for autre, _ in poses):
            continue
        for decalage in DECALAGES:
            y = ville.y + TAILLE * 0.35 + decalage
            boite = _boite(ville, y, TAILLE)
            if _libre(boite, prises, largeur, hauteur):
                prises.append(boite)
                poses.append((ville, y))
                break
    return _hierarchiser(poses, largeur, hauteur)


def dessiner_les_noms(noms: Iterable[NomPose], palette: Palette) -> list[str]:
    return [
        texte(
            palette, "ville-mineure" if nom.est_mineur else "ville", nom.x, nom.y, nom.texte,
            taille=TAILLE, graisse=GRAISSE, ancre="middle",
        )
        for nom in noms
    ]  # fmt: skip


def _hierarchiser(
    poses: Sequence[tuple[Ville, float]], largeur: float, hauteur: float
) -> list[NomPose]:
    """Ceux qui tiendraient encore, deux fois plus gros, restent sur un petit écran."""
    prises: list[Boite] = []
    noms = []
    for ville, y in poses:
        boite = _boite(ville, y, TAILLE * GROSSI)
        tient = _libre(boite, prises, largeur, hauteur)
        if tient:
            prises.append(boite)
        noms.append(NomPose(ville.nom, ville.x, y, est_mineur=not tient))
    return noms


def _boite(ville: Ville, base: float, taille: float) -> Boite:
    demi = metriques.largeur(ville.nom, taille, GRAISSE) / 2
    return Boite(ville.x - demi, base - taille * 0.75, ville.x + demi, base + taille * 0.2)


def _libre(boite: Boite, prises: Iterable[Boite], largeur: float, hauteur: float) -> bool:
    dedans = (
        boite.gauche >= 0 and boite.droite <= largeur and boite.haut >= 0 and boite.bas <= hauteur
    )
    return dedans and not any(boite.touche(autre, MARGE) for autre in prises)
