"""Un indicateur et son modèle du catalogue : ce qui diffère, écrit comme un humain le lit."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cls_platform.socle import typographie
from indicateurs.models import Indicateur

REPRIS_DU_CATALOGUE = (
    "libelle",
    "libelle_public",
    "definition",
    "type",
    "niveau",
    "unite",
    "decimales",
    "sens",
    "agregation",
    "numerateur",
    "denominateur",
    "source",
    "producteur",
    "periodicite",
    "limites",
    "seuil",
)
# Ce qui s’adapte au territoire sans qu’on le dise ; le reste définit la mesure
ADAPTES = frozenset({"libelle", "libelle_public", "decimales", "seuil"})
COMPARES = tuple(champ for champ in REPRIS_DU_CATALOGUE if champ not in ADAPTES)
# Au-delà, un bilan ne se lit plus
TROP_D_INDICATEURS = 25


@dataclass(frozen=True, slots=True)
class Ecart:
    """`ici` et `catalogue` : les deux textes ; vide, c’est qu’il n’y a rien d’écrit."""

    champ: str
    libelle: str
    ici: str
    catalogue: str


def ecarts(indicateur: Indicateur) -> list[Ecart]:
    """Les champs d’un indicateur adapté qui ne disent pas ce que dit son modèle."""
    modele = indicateur.modele
    if modele is None:
        return []
    return [
        Ecart(champ, _nom(champ), _ecrire(indicateur, champ), _ecrire(modele, champ))
        for champ in COMPARES
        if getattr(indicateur, champ) != getattr(modele, champ)
    ]


def _nom(champ: str) -> str:
    decrit: Any = Indicateur._meta.get_field(champ)
    nom = str(decrit.verbose_name)
    return nom[:1].upper() + nom[1:]


def _ecrire(objet: Any, champ: str) -> str:
    montrer = getattr(objet, f"get_{champ}_display", None)
    valeur = montrer() if montrer else getattr(objet, champ)
    return typographie.nombre(valeur) if isinstance(valeur, Decimal) else str(valeur or "")


def conseil(publics: int) -> str:
    """Un mot calme quand il y en a trop ; vide sinon."""
    if publics <= TROP_D_INDICATEURS:
        return ""
    return (
        f"{publics} indicateurs sont publiés. Au-delà de {TROP_D_INDICATEURS}, peu sont remplis et "
        "le bilan se lit mal\u00a0: gardez publics ceux qui disent l’essentiel."
    )
