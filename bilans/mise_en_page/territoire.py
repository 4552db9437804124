"""« Notre territoire » : la carte en grand et toutes ses communes."""

from dataclasses import dataclass

from bilans.instantane import Instantane
from bilans.mise_en_page.couverture import carte_nommee
from bilans.mise_en_page.mots_ecrits import compter, enumerer, typo

LARGEUR, COMMUNES = 658.0, 160
# Ce qui peut séparer la carte de « c’est quoi » sans qu’on l’ait déplacée
_ENTRE = frozenset({"CHIFFRES_CLES"})


@dataclass(frozen=True, slots=True)
class VueTerritoire:
    carte: str
    source: str
    phrase: str
    intercommunalites: str
    communes: str


def carte_jointe(instantane: Instantane) -> bool:
    """Laissée à sa place d’origine, la carte se lit avec « c’est quoi », à côté de qui a signé."""
    sections = list(instantane.sections)
    if "CARTE" not in sections or "COMPRENDRE" not in sections:
        return False
    de, a = sections.index("COMPRENDRE"), sections.index("CARTE")
    return de < a and set(sections[de + 1 : a]) <= _ENTRE


def territoire(instantane: Instantane) -> VueTerritoire | None:
    """La page de la carte ; None sans contour."""
    if instantane.carte is None:
        return None
    lu = instantane.territoire
    dits = [compter(len(lu.communes), "commune")] if lu.communes else []
    if lu.population is not None:
        dits.append(compter(lu.population, "habitant"))
    vintage = f" (population {lu.millesime_population})" if lu.millesime_population else ""
    phrase = f"Le contrat couvre {enumerer(dits)}{vintage}." if dits else ""
    return VueTerritoire(
        carte=carte_nommee(instantane, LARGEUR, hauteur=430.0),
        source=typo(instantane.carte.source),
        phrase=typo(phrase),
        intercommunalites=typo(enumerer(list(lu.intercommunalites))),
        communes=typo(enumerer(list(lu.communes), COMMUNES)),
    )
