"""Ce que l’on garde de la chaîne : un axe, un besoin, un genre d’effet, des mots."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from cls_platform.socle.tableur.cles import cle
from indicateurs.chaine.maillons import Chaine
from indicateurs.models import Confiance, TypeEffet

NOMS = ("axe", "besoin", "effet", "confiance", "recherche", "manque")


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltreChaine:
    """Vide : tout se voit. `recherche` est déjà réduite (ni accents ni majuscules)."""

    axe: UUID | None = None
    besoin: UUID | None = None
    effet: str = ""
    confiance: str = ""
    recherche: str = ""

    @property
    def est_vide(self) -> bool:
        return not (self.axe or self.besoin or self.effet or self.confiance or self.recherche)

    @property
    def regarde_les_effets(self) -> bool:
        return bool(self.effet or self.confiance)

    def trouve(self, *textes: str) -> bool:
        """Chaque mot cherché est dans l’un des textes."""
        lus = " ".join(cle(texte) for texte in textes)
        return all(mot in lus for mot in self.recherche.split())


def filtre_de(parametres: Mapping[str, str], chaine: Chaine) -> FiltreChaine:
    """Une valeur que la chaîne ne connaît pas ne filtre rien : le lien vient d’ailleurs."""
    axes = {str(axe.pk): axe.pk for axe in chaine.axes}
    besoins = {str(besoin.pk): besoin.pk for besoin in chaine.besoins}
    effet, confiance = parametres.get("effet", ""), parametres.get("confiance", "")
    return FiltreChaine(
        axe=axes.get(parametres.get("axe", "")),
        besoin=besoins.get(parametres.get("besoin", "")),
        effet=effet if effet in TypeEffet.values else "",
        confiance=confiance if confiance in Confiance.values else "",
        recherche=cle(parametres.get("recherche", "")),
    )
