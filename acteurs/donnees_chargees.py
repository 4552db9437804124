"""Ce qui est chargé, de quand, d’où, pour combien de territoires, et ce qui manque."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from acteurs.import_donnees.comparaison import compter_territoires, territoires_attendus
from acteurs.models import (
    DonneeContexte,
    EditionDonnees,
    EditionZonage,
    IndicateurContexte,
    NiveauTerritoire,
    TypeZonage,
)
from acteurs.permissions import regions_chargees_par

FRANCE = "France"


@dataclass(frozen=True, slots=True)
class ZonageCharge:
    edition: EditionZonage
    territoire: str
    zones: int
    communes: int
    peut_retirer: bool


@dataclass(frozen=True, slots=True)
class MillesimeCharge:
    """`renseignes` sur `attendus` : les territoires dont la valeur est connue, et tous."""

    edition: EditionDonnees
    territoire: str
    niveau: str
    renseignes: int
    attendus: int
    peut_retirer: bool

    @property
    def manquants(self) -> int:
        return max(0, self.attendus - self.renseignes)


@dataclass(frozen=True, slots=True)
class IndicateurCharge:
    indicateur: IndicateurContexte
    millesimes: Sequence[MillesimeCharge]


@dataclass(frozen=True, slots=True)
class DonneesChargees:
    zonages: Sequence[ZonageCharge]
    indicateurs: Sequence[IndicateurCharge]
    types_manquants: Sequence[TypeZonage] = field(default_factory=tuple)
    indicateurs_manquants: Sequence[IndicateurContexte] = field(default_factory=tuple)


def donnees_chargees(utilisateur: Any, *, region: str | None = None) -> DonneesChargees:
    """Tout ce qui est chargé, ou ce qui vaut pour une région et pour la France.

    Le nombre de requêtes ne dépend pas du nombre de millésimes.
    """
    permises = regions_chargees_par(utilisateur)
    editions = EditionZonage.objects.valant_pour(region).pour_liste().recentes_d_abord()
    zonages = [_zonage(edition, permises) for edition in editions]
    par_indicateur = _millesimes(permises, region)
    indicateurs = list(IndicateurContexte.objects.actives().tries())
    types = list(TypeZonage.objects.actives().tries())
    presents = {zonage.edition.type_id for zonage in zonages}
    return DonneesChargees(
        zonages=zonages,
        indicateurs=[
            IndicateurCharge(i, par_indicateur[i.pk]) for i in indicateurs if i.pk in par_indicateur
        ],
        types_manquants=[t for t in types if t.pk not in presents],
        indicateurs_manquants=[i for i in indicateurs if i.pk not in par_indicateur],
    )


def _zonage(edition: Any, permises: frozenset[str] | None) -> ZonageCharge:
    return ZonageCharge(
        edition=edition,
        territoire=edition.region.nom if edition.region else FRANCE,
        zones=edition.nombre_zones,
        communes=edition.nombre_communes,
        peut_retirer=_permise(edition.region_id, permises),
    )


def _millesimes(
    permises: frozenset[str] | None, region: str | None
) -> dict[str, list[MillesimeCharge]]:
    trouves: dict[str, list[MillesimeCharge]] = {}
    comptes: dict[tuple[str, str | None], int] = {}
    editions: Any = EditionDonnees.objects.valant_pour(region).pour_liste().recentes_d_abord()
    for edition in editions:
        lieu = (edition.niveau, edition.region_id)
        if lieu not in comptes:
            comptes[lieu] = compter_territoires(*lieu)
        trouves.setdefault(edition.indicateur_id, []).append(
            MillesimeCharge(
                edition=edition,
                territoire=edition.region.nom if edition.region else FRANCE,
                niveau=NiveauTerritoire(edition.niveau).label,
                renseignes=edition.renseignes,
                attendus=comptes[lieu],
                peut_retirer=_permise(edition.region_id, permises),
            )
        )
    return trouves


def territoires_manquants(edition: EditionDonnees) -> Any:
    """Les territoires dont la valeur n’est pas connue : absents du fichier, ou cachés."""
    if edition.niveau == NiveauTerritoire.FRANCE:
        return []
    connus = DonneeContexte.objects.connues().filter(edition=edition)
    attendus = territoires_attendus(edition.niveau, edition.region_id)
    return attendus.exclude(pk__in=connus.values("code_territoire")).tries()


def _permise(region: str | None, permises: frozenset[str] | None) -> bool:
    return permises is None or (region is not None and region in permises)
