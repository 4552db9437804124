"""Les mailles d'une carte de région : chaque commune dans une seule, chacune dessinée une fois.

Une maille est une intercommunalité. La Métropole du Grand Paris est montrée par établissement
public territorial, et Paris à part : d'une seule couleur, elle cacherait sept millions d'habitants.
Une commune sans intercommunalité (îles) est sa propre maille. Une intercommunalité à cheval sur
deux régions a une part dans chacune, sous la clé `<maille>-<région>` du fichier des contours.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from acteurs.contours import Contour, contours

METROPOLE_DU_GRAND_PARIS = "200054781"


def maille_de(commune: str, epci: str | None, ept: str | None) -> str:
    """Le code de la maille d'une commune ; la Métropole du Grand Paris n'en est pas une."""
    if ept:
        return ept
    return epci if epci and epci != METROPOLE_DU_GRAND_PARIS else commune


def cles_des_contours(communes: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Sous quelle clé du fichier va chaque commune. Lignes : code, region, epci, ept."""
    mailles = {c["code"]: maille_de(c["code"], c["epci"], c["ept"]) for c in communes}
    regions = {c["code"]: c["region"] for c in communes}
    traversees: dict[str, set[str]] = defaultdict(set)
    for commune, maille in mailles.items():
        traversees[maille].add(regions[commune])
    return {
        commune: f"{maille}-{regions[commune]}" if len(traversees[maille]) > 1 else maille
        for commune, maille in mailles.items()
    }


def contours_des_mailles(region: str, mailles: Iterable[str]) -> dict[str, Contour]:
    """La part de chaque maille dans la région ; une maille sans contour est absente."""
    connus = contours("mailles")
    trouves = {m: connus.get(f"{m}-{region}") or connus.get(m) for m in mailles}
    return {maille: contour for maille, contour in trouves.items() if contour}
