"""Ce que les contrats couvrent de chaque zonage chargé : quartiers, zones sous-denses, réseaux.

Un classement (zonage des médecins) se compte en communes, chacune une fois, classe par classe. Des
quartiers qui ont leur propre population se comptent en quartiers : un quartier est couvert quand
toutes ses communes du territoire le sont, et ce sont ses habitants qui comptent, pas ceux de ses
communes. Un zonage sans population publiée prend celle de ses communes.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from acteurs.models import Commune, TypeZonage
from acteurs.zonages import ZoneLue, types_charges, zones_du_type
from contrats.couverture import LigneCouverture
from contrats.couverture_detail import contrats_par_commune


@dataclass(frozen=True, slots=True)
class LigneZonage:
    """`ligne` : les neuf clés d’un territoire, son code est « TYPE » ou « TYPE:CLASSE »."""

    ligne: LigneCouverture
    zones: int
    zones_couvertes: int
    millesime: str
    source: str

    def vers_dict(self) -> dict[str, Any]:
        plus = {
            "zones": self.zones,
            "zones_couvertes": self.zones_couvertes,
            "millesime": self.millesime,
        }
        return self.ligne.vers_dict() | plus


def couverture_des_zonages(*, le: date, variante: str, **lieu: str | None) -> list[LigneZonage]:
    """Une ligne par zonage en vigueur ce jour-là, ou par classe s’il en a ; vide sans zonage."""
    codes_des_types = types_charges(le)
    if not codes_des_types:
        return []
    types = TypeZonage.objects.in_bulk(codes_des_types)
    contrats = contrats_par_commune(le=le, variante=variante, **lieu)
    populations = dict(Commune.objects.populations_au(le, **_en_champs(lieu)))
    lignes: list[LigneZonage] = []
    for code in codes_des_types:
        zones = _zones(code, le, populations, lieu)
        lignes += _du_type(types[code], zones, contrats, populations)
    return lignes


def communes_du_zonage(zonage: str, le: date) -> frozenset[str]:
    """Les communes d’un zonage, ou d’une de ses classes : « QPV », « ZONAGE_MEDECINS:ZIP »."""
    type_zonage, _, classe = zonage.partition(":")
    zones = zones_du_type(type_zonage, le, classes=[classe] if classe else None)
    return frozenset(commune for zone in zones for commune in zone.communes)


def _en_champs(lieu: dict[str, str | None]) -> dict[str, str | None]:
    """Le lieu, dit par les champs de la commune."""
    return {"pk" if nom == "commune" else nom: code for nom, code in lieu.items()}


def _zones(
    code: str, le: date, populations: Collection[str], lieu: dict[str, str | None]
) -> list[ZoneLue]:
    if lieu.get("epci") or lieu.get("commune"):
        return zones_du_type(code, le, communes=populations)
    return zones_du_type(code, le, region=lieu.get("region"), departement=lieu.get("departement"))


Contrats = dict[str, frozenset[UUID]]
Populations = dict[str, int | None]


def _du_type(
    type_zonage: TypeZonage, zones: list[ZoneLue], contrats: Contrats, populations: Populations
) -> Iterator[LigneZonage]:
    """Une ligne par classe, la plus prioritaire d’abord ; sans classe, une seule ligne.

    La base ne garde pas l’ordre des classes : leurs codes à rebours (ZIP, ZAC, HZ) le rendent.
    """
    if not type_zonage.classes:
        if zones:
            yield _ligne(type_zonage.code, type_zonage.libelle, zones, contrats, populations)
        return
    for classe, libelle in sorted(type_zonage.classes.items(), reverse=True):
        if siennes := [zone for zone in zones if zone.classe == classe]:
            code = f"{type_zonage.code}:{classe}"
            yield _ligne(code, libelle, siennes, contrats, populations)


def _ligne(
    code: str, nom: str, zones: list[ZoneLue], contrats: Contrats, populations: Populations
) -> LigneZonage:
    communes = {c for zone in zones for c in zone.communes if c in populations}
    couvertes = communes & contrats.keys()
    entieres = [zone for zone in zones if set(zone.communes) & populations.keys() <= couvertes]
    if any(zone.population is not None for zone in zones):
        population, couverte = _habitants(zones), _habitants(entieres)
    else:
        population = sum(populations[c] or 0 for c in communes)
        couverte = sum(populations[c] or 0 for c in couvertes)
    return LigneZonage(
        ligne=LigneCouverture(
            code=code,
            nom=nom,
            population=population,
            population_couverte=couverte,
            taux_population=couverte / population if population else 0.0,
            communes=len(communes),
            communes_couvertes=len(couvertes),
            taux_communes=len(couvertes) / len(communes) if communes else 0.0,
            contrats=len(frozenset().union(*(contrats[c] for c in couvertes))),
        ),
        zones=len(zones),
        zones_couvertes=len(entieres),
        millesime=", ".join(sorted({zone.millesime for zone in zones})),
        source=", ".join(sorted({zone.source for zone in zones})),
    )


def _habitants(zones: Iterable[ZoneLue]) -> int:
    return sum(zone.population or 0 for zone in zones)
