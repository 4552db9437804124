"""Ce qu’une diapo peut porter : des points, un tableau, un graphique, des notes."""

from dataclasses import dataclass

from cls_platform.socle.typographie import typographier

DIAPOS = 20
VOLETS, POINTS, LIGNES = 7, 6, 8
LONGUEUR_D_UN_POINT, LONGUEUR_D_UNE_CASE, LONGUEUR_D_UN_TITRE = 150, 90, 80
ANNEES_DU_GRAPHIQUE, MOTS_D_UNE_PHRASE = 6, 160


@dataclass(frozen=True, slots=True)
class Point:
    """Un point de liste ; `debut`, en gras, l’ouvre."""

    texte: str
    debut: str = ""


@dataclass(frozen=True, slots=True)
class Grille:
    """Un tableau : la première colonne nomme la ligne. `largeurs` en % ; `nombres` : combien de
    colonnes, à droite, en chiffres."""

    colonnes: tuple[str, ...]
    largeurs: tuple[int, ...]
    lignes: tuple[tuple[str, ...], ...]
    description: str
    total: bool = False
    nombres: int = 0


@dataclass(frozen=True, slots=True)
class Graphique:
    """Des barres. `series` : (nom, valeurs), une valeur par catégorie, None si elle manque."""

    titre: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    description: str
    format: str = "# ##0"
    couche: bool = False


@dataclass(frozen=True, slots=True)
class Diapo:
    """`volet` : clé de la palette, pour la couleur du titre. `notes` : ce que l’on peut dire."""

    titre: str
    points: tuple[Point, ...] = ()
    grille: Grille | None = None
    graphique: Graphique | None = None
    notes: tuple[str, ...] = ()
    volet: str = ""


def abrege(texte: str, longueur: int) -> str:
    """Coupé au mot ; le texte entier est dans les notes."""
    lu = typographier(" ".join(texte.split()))
    if len(lu) <= longueur:
        return lu
    coupe = lu[: longueur - 1]
    return f"{coupe.rpartition(' ')[0] or coupe}…"
