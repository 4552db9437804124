"""Une part au fil du temps, en marches : elle ne change que certains jours, et d’un coup.

Première série : trait plein, aire et disque. Les suivantes : tirets et disque creux. Chacune est
nommée à son bout. Visée : pointillé horizontal, nommé au-dessus.
"""

import itertools
from dataclasses import dataclass

from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.echelle import Echelle
from cls_platform.socle.svg.trace import CLASSES, Palette, arrondi, chemin, disque, figure, texte

HAUT, SOL, MARGE_GAUCHE = 12.0, 22.0, 30.0
TAILLE, TAILLE_NOM, ECART_DES_NOMS = 11.5, 12.0, 14.0
GRADUATIONS = (0.0, 0.25, 0.5, 0.75, 1.0)
LARGEUR_D_UNE_ANNEE = 42.0


@dataclass(frozen=True, kw_only=True)
class Serie:
    """`marches` : (année décimale, part de 0 à 1), dans l’ordre ; la dernière va jusqu’au bord."""

    nom: str
    marches: tuple[tuple[float, float], ...]


@dataclass(frozen=True, kw_only=True)
class Visee:
    part: float
    nom: str


@dataclass(frozen=True, kw_only=True)
class Escalier:
    titre: str
    description: str
    series: tuple[Serie, ...]
    debut: float
    fin: float
    visee: Visee | None = None
    largeur: float = 346.0
    hauteur: float = 176.0


def dessiner(escalier: Escalier, palette: Palette = CLASSES) -> str:
    """SVG de l’escalier ; sans aucune marche, seuls les axes restent."""
    droite = escalier.largeur - _marge_droite(escalier)
    x = Echelle(escalier.debut, escalier.fin, MARGE_GAUCHE, droite)
    y = Echelle(0.0, 1.0, escalier.hauteur - SOL, HAUT)
    corps = _grille(escalier, palette, y, droite)
    corps += _annees(escalier, palette, x)
    for rang, serie in enumerate(escalier.series):
        corps += _serie(serie, palette, x, y, est_premiere=rang == 0)
    corps += _visee(escalier, palette, x, y)
    corps += _noms(escalier, palette, x, y)
    return figure(
        palette,
        escalier.largeur,
        escalier.hauteur,
        corps,
        titre=escalier.titre,
        description=escalier.description,
        classe="g-escalier",
    )


def _marge_droite(escalier: Escalier) -> float:
    noms = [metriques.largeur(s.nom, TAILLE_NOM, 600) for s in escalier.series]
    return max(noms, default=0.0) + 14


def _grille(escalier: Escalier, palette: Palette, y: Echelle, droite: float) -> list[str]:
    corps: list[str] = []
    for part in GRADUATIONS:
        d = f"M{arrondi(MARGE_GAUCHE)} {arrondi(y(part))}H{arrondi(droite)}"
        corps.append(chemin(palette, "grille" if part else "axe", d))
        nom = texte(
            palette, "discret", MARGE_GAUCHE - 6, y(part) + 4, str(round(part * 100)),
            taille=TAILLE, ancre="end",
        )  # fmt: skip
        corps.append(nom)
    return corps


def _annees(escalier: Escalier, palette: Palette, x: Echelle) -> list[str]:
    """Une année sur une, deux, cinq… selon la place ; toujours au 1er janvier."""
    premiere, derniere = int(-(-escalier.debut // 1)), int(escalier.fin)
    place = max((x(derniere) - x(premiere)) / LARGEUR_D_UNE_ANNEE, 1)
    pas = next(p for p in (1, 2, 5, 10, 20, 50) if (derniere - premiere) / p <= place)
    choisies = [a for a in range(premiere, derniere + 1) if a % pas == 0]
    return [
        texte(palette, "discret", x(a), escalier.hauteur - 5, str(a), taille=TAILLE, ancre="middle")
        for a in choisies
    ]


def _serie(
    serie: Serie, palette: Palette, x: Echelle, y: Echelle, *, est_premiere: bool
) -> list[str]:
    if not serie.marches:
        return []
    d = _marches(serie, x, y)
    bout = (x(x.a), y(serie.marches[-1][1]))
    corps: list[str] = []
    if est_premiere:
        base = f"{d}V{arrondi(y(0))}H{arrondi(x(serie.marches[0][0]))}z"
        corps.append(chemin(palette, "aire", base))
    corps.append(chemin(palette, "serie" if est_premiere else "tirets", d))
    corps.append(disque(palette, "disque" if est_premiere else "disque-creux", *bout, 4))
    return corps


def _marches(serie: Serie, x: Echelle, y: Echelle) -> str:
    """« M x y H x V y… » : la part tient jusqu’au jour où elle change."""
    d = f"M{arrondi(x(serie.marches[0][0]))} {arrondi(y(serie.marches[0][1]))}"
    for (_, avant), (quand, apres) in itertools.pairwise(serie.marches):
        if avant != apres:
            d += f"H{arrondi(x(quand))}V{arrondi(y(apres))}"
    return f"{d}H{arrondi(x(x.a))}"


def _visee(escalier: Escalier, palette: Palette, x: Echelle, y: Echelle) -> list[str]:
    if escalier.visee is None:
        return []
    haut = y(escalier.visee.part)
    return [
        chemin(palette, "visee", f"M{arrondi(x(x.de))} {arrondi(haut)}H{arrondi(x(x.a))}"),
        texte(
            palette, "nom-visee", x(x.de) + 2, max(haut - 4, 9), escalier.visee.nom, taille=TAILLE
        ),
    ]


def _noms(escalier: Escalier, palette: Palette, x: Echelle, y: Echelle) -> list[str]:
    """À droite de chaque bout ; deux noms qui se toucheraient s’écartent d’une ligne."""
    connues = [(rang, serie) for rang, serie in enumerate(escalier.series) if serie.marches]
    bouts = [(y(serie.marches[-1][1]), serie.nom, rang) for rang, serie in connues]
    corps: list[str] = []
    plancher = 0.0
    for haut, nom, rang in sorted(bouts, key=lambda bout: (bout[0], -bout[2])):
        base = max(haut + 4, plancher)
        plancher = base + ECART_DES_NOMS
        corps.append(
            texte(
                palette, "nom-serie" if rang == 0 else "nom-tirets", x(x.a) + 9, base, nom,
                taille=TAILLE_NOM, graisse=600,
            )
        )  # fmt: skip
    return corps
