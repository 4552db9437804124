"""Ce qu’un fichier peut peser : au-delà, il est refusé avant d’être lu en entier."""

from dataclasses import dataclass

from cls_platform.socle.erreurs import ErreurMetier

OCTETS_MAX = 20 * 1024 * 1024
OCTETS_DEPLIES_MAX = 200 * 1024 * 1024
# Un classeur ordinaire se compresse de 5 à 30 fois
RAPPORT_MAX = 300
PARTIES_MAX = 2_000
LIGNES_MAX = 20_000
COLONNES_MAX = 500
CELLULES_MAX = 1_000_000
# Des lignes sans valeur ne comptent pas, mais on n’en traverse pas une infinité
LIGNES_VIDES_MAX = 100_000


@dataclass(frozen=True, slots=True)
class Limites:
    """Ce que l’on lit d’une feuille ; un usage peut en demander d’autres."""

    lignes: int = LIGNES_MAX
    colonnes: int = COLONNES_MAX
    cellules: int = CELLULES_MAX


ORDINAIRES = Limites()


class ClasseurRefuse(ErreurMetier):
    """Le fichier ne sera pas lu ; le message dit pourquoi et que faire."""

    code = "classeur_refuse"


def trop_de_lignes(limites: Limites = ORDINAIRES) -> ClasseurRefuse:
    return ClasseurRefuse(
        f"Cette feuille a plus de {limites.lignes:,} lignes. ".replace(",", "\u202f")
        + "Gardez seulement celles à importer, puis recommencez."
    )


def trop_de_colonnes(limites: Limites = ORDINAIRES) -> ClasseurRefuse:
    return ClasseurRefuse(
        f"Cette feuille a plus de {limites.colonnes} colonnes. "
        "Gardez seulement celles à importer, puis recommencez."
    )


def trop_de_cellules(limites: Limites = ORDINAIRES) -> ClasseurRefuse:
    return ClasseurRefuse(
        f"Cette feuille a plus de {limites.cellules:,} cellules remplies. ".replace(",", "\u202f")
        + "Gardez seulement celles à importer, puis recommencez."
    )
