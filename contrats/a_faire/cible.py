"""Le territoire que désigne une ligne : un contrat, ou une intercommunalité dans une région."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from acteurs.droits import Droit
from acteurs.models import Commune, Epci
from acteurs.ressort import ressort_de
from contrats.models import Contrat
from contrats.permissions import exiger, exiger_general, peut

CLE_D_EPCI = re.compile(r"(?P<region>[0-9]{2,3})-(?P<siren>[0-9]{9})")


@dataclass(frozen=True, slots=True)
class Cible:
    """L’un des deux : `contrat`, ou `epci` dans `region`."""

    region: str
    contrat: Contrat | None = None
    epci: Epci | None = None
    departements: tuple[str, ...] = ()

    @property
    def cle(self) -> str:
        return str(self.contrat.pk) if self.contrat else f"{self.region}-{self.siren}"

    @property
    def siren(self) -> str:
        return str(self.epci.pk) if self.epci else ""

    @property
    def nom(self) -> str:
        if self.contrat:
            return self.contrat.nom
        return self.epci.nom_court if self.epci else ""

    @property
    def recherche(self) -> dict[str, Any]:
        """Ce qui retrouve son suivi."""
        if self.contrat:
            return {"contrat": self.contrat}
        return {"region_id": self.region, "epci": self.epci}


def cible_visible(utilisateur: Any, cle: str) -> Cible | None:
    """Le territoire, si la personne peut savoir qu’il existe ici ; trois requêtes au plus.

    Un contrat se montre à qui le suit ; une intercommunalité, à qui pilote un de ses départements.
    """
    if trouve := CLE_D_EPCI.fullmatch(cle):
        return _intercommunalite(utilisateur, trouve["region"], trouve["siren"])
    try:
        pk = UUID(cle)
    except ValueError:
        return None
    contrat = Contrat.objects.suivis_par(utilisateur).filter(pk=pk).first()
    return Cible(contrat.region_id, contrat) if contrat else None


def cible_de_l_epci(epci: Epci, region: str) -> Cible:
    """Une requête."""
    membres: Any = Commune.objects.actuelles().filter(epci=epci, region=region)
    codes = membres.values_list("departement", flat=True).distinct()
    return Cible(region, epci=epci, departements=tuple(sorted(codes)))


def _intercommunalite(utilisateur: Any, region: str, siren: str) -> Cible | None:
    exiger_general(utilisateur, Droit.PILOTER_REGION)
    epci = Epci.objects.filter(pk=siren).first()
    if epci is None:
        return None
    cible = cible_de_l_epci(epci, region)
    return cible if pilote(utilisateur, cible) else None


def pilote(utilisateur: Any, cible: Cible) -> bool:
    if cible.contrat:
        return peut(utilisateur, Droit.PILOTER_REGION, cible.contrat)
    ressort = ressort_de(utilisateur)
    return any(ressort.a_le_departement(code) for code in cible.departements)


def exiger_piloter(utilisateur: Any, cible: Cible) -> None:
    """Lève DroitRefuse."""
    if cible.contrat:
        exiger(utilisateur, Droit.PILOTER_REGION, cible.contrat)
    elif not pilote(utilisateur, cible):
        exiger_general(utilisateur, Droit.ADMINISTRER)
