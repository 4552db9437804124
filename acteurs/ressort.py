"""Où une personne pilote pour une agence régionale de santé : d’après ses affectations.

Le siège pilote tous les départements de son agence ; une délégation, le sien seulement.
L’administration pilote partout. Qui n’a pas d’affectation ne pilote nulle part.
"""

from dataclasses import dataclass
from typing import Any

from acteurs.droits import Droit, roles_ayant
from acteurs.models import Utilisateur
from cls_platform.socle.erreurs import DroitRefuse


@dataclass(frozen=True, slots=True)
class Ressort:
    """`regions_entieres` : celles que la personne pilote du siège. `delegations` : les siennes.

    `departements` et `regions` : tout ce qu’elle pilote, en entier ou en partie.
    """

    est_national: bool = False
    regions_entieres: frozenset[str] = frozenset()
    delegations: frozenset[str] = frozenset()
    departements: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()

    @property
    def est_vide(self) -> bool:
        return not (self.est_national or self.regions)

    def a_le_departement(self, code: str) -> bool:
        return self.est_national or code in self.departements

    def a_toute_la_region(self, code: str) -> bool:
        return self.est_national or code in self.regions_entieres


NATIONAL = Ressort(est_national=True)
NULLE_PART = Ressort()


def ressort_de(utilisateur: Any) -> Ressort:
    """Une requête au plus."""
    if not utilisateur.is_authenticated:
        return NULLE_PART
    if utilisateur.est_administrateur:
        return NATIONAL
    lignes = utilisateur.affectations.values_list(
        "departement",
        "departement__region",
        "ars__region",
        "ars__competences__departement",
        "ars__competences__departement__region",
    )
    entieres, delegations, departements, regions = set(), set(), set(), set()
    for delegation, region, de_l_agence, competent, region_du_competent in lignes:
        if delegation:
            delegations.add(delegation)
            departements.add(delegation)
            regions.add(region)
        else:
            departements.add(competent)
            entieres |= {de_l_agence, region_du_competent}
    entieres.discard(None)
    departements.discard(None)
    return Ressort(
        regions_entieres=frozenset(entieres),
        delegations=frozenset(delegations),
        departements=frozenset(departements),
        regions=frozenset(regions | entieres),
    )


def agents_de(regions: frozenset[str]) -> Any:
    """Les agents, siège et délégations, des agences de ces régions, par nom."""
    return (
        Utilisateur.objects.filter(is_active=True, affectations__ars__region__in=regions)
        .distinct()
        .order_by("nom", "prenom", "pk")
    )


def exiger_piloter_la_region(utilisateur: Any, region: str) -> None:
    """Ce qui vaut pour toute une région se décide au siège. Lève DroitRefuse."""
    if ressort_de(utilisateur).a_toute_la_region(region):
        return
    roles = ", ".join(roles_ayant(Droit.PILOTER_REGION))
    raise DroitRefuse(
        "La doctrine d’une région s’écrit au siège de son agence régionale de santé. "
        f"Le peuvent\u00a0: {roles}."
    )
