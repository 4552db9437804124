"""Ce qu’un fichier peut peser : au-delà, il est refusé avant d’être lu en entier."""

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


class ClasseurRefuse(ErreurMetier):
    """Le fichier ne sera pas lu ; le message dit pourquoi et que faire."""

    code = "classeur_refuse"


def trop_de_lignes() -> ClasseurRefuse:
    return ClasseurRefuse(
        f"Cette feuille a plus de {LIGNES_MAX:,} lignes. ".replace(",", "\u202f")
        + "Gardez seulement celles du plan, puis recommencez."
    )


def trop_de_colonnes() -> ClasseurRefuse:
    return ClasseurRefuse(
        f"Cette feuille a plus de {COLONNES_MAX} colonnes. Gardez seulement celles du plan."
    )


def trop_de_cellules() -> ClasseurRefuse:
    return ClasseurRefuse(
        "Cette feuille a plus d’un million de cellules remplies. Gardez seulement le plan."
    )
