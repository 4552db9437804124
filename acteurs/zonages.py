"""Lire les zonages : quelles zones, quelles communes, à quel jour. La porte de lecture.

L’édition en vigueur se choisit région par région : la plus récente, nationale ou régionale, dont
la date d’effet est passée. Une agence qui charge le sien le substitue, chez elle, au national.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from acteurs.models import EditionZonage

QPV = "QPV"
ZONAGE_MEDECINS = "ZONAGE_MEDECINS"
# Zonage des médecins (CSP, art. L1434-4) : les deux classes qui disent un manque
CLASSES_SOUS_DENSES = ("ZIP", "ZAC")


@dataclass(frozen=True, slots=True)
class ZoneLue:
    """`communes` : celles de la demande. `population` : celle que dit la source, ou None."""

    id: int
    code: str
    nom: str
    classe: str
    population: int | None
    communes: tuple[str, ...]
    edition: UUID
    millesime: str
    source: str


# Les éditions du type se départagent dans chaque région ; une commune suit celle de sa région
SQL = """
WITH candidates AS (
    SELECT e.id, e.region_id, e.millesime, e.source, e.date_effet, e.charge_le
    FROM acteurs_editionzonage e WHERE e.type_id = %(type)s AND e.date_effet <= %(le)s
), en_vigueur AS (
    SELECT DISTINCT ON (r.code) r.code AS region, c.id AS edition, c.millesime, c.source
    FROM acteurs_region r
    JOIN candidates c ON c.region_id IS NULL OR c.region_id = r.code
    ORDER BY r.code, c.date_effet DESC, c.region_id NULLS LAST, c.charge_le DESC
)
SELECT z.id, z.code, z.nom, z.classe, z.population, v.edition, v.millesime, v.source, k.code
FROM en_vigueur v
JOIN acteurs_zone z ON z.edition_id = v.edition
JOIN acteurs_zonecommune zc ON zc.zone_id = z.id
JOIN acteurs_commune k ON k.code = zc.commune_id AND k.region_id = v.region
WHERE (%(region)s::text IS NULL OR k.region_id = %(region)s)
  AND (%(departement)s::text IS NULL OR k.departement_id = %(departement)s)
  AND (%(codes)s::text[] IS NULL OR k.code = ANY(%(codes)s))
  AND (%(classes)s::text[] IS NULL OR z.classe = ANY(%(classes)s))
ORDER BY z.nom, z.code, z.id, k.code
"""


def zones_du_type(
    type_zonage: str,
    le: date,
    *,
    region: str | None = None,
    departement: str | None = None,
    communes: Collection[str] | None = None,
    classes: Collection[str] | None = None,
) -> list[ZoneLue]:
    """Les zones en vigueur ce jour-là, et leurs communes du territoire demandé ; une requête."""
    lignes = _lignes(type_zonage, le, region, departement, communes, classes)
    trouvees: dict[int, tuple[Any, ...]] = {}
    codes: dict[int, list[str]] = defaultdict(list)
    for *zone, commune in lignes:
        trouvees[zone[0]] = tuple(zone)
        codes[zone[0]].append(commune)
    return [
        ZoneLue(
            id=pk,
            code=code,
            nom=nom,
            classe=classe,
            population=population,
            communes=tuple(codes[pk]),
            edition=edition,
            millesime=millesime,
            source=source,
        )
        for pk, code, nom, classe, population, edition, millesime, source in trouvees.values()
    ]


def communes_de(
    type_zonage: str,
    le: date,
    *,
    region: str | None = None,
    departement: str | None = None,
    classes: Collection[str] | None = None,
) -> frozenset[str]:
    """Les communes touchées par une zone de ce type, ou de ces classes ; une requête."""
    lignes = _lignes(type_zonage, le, region, departement, None, classes)
    return frozenset(commune for *_, commune in lignes)


def classes_des_communes(
    type_zonage: str, le: date, communes: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """Les classes de chaque commune : une seule pour un classement, parfois plusieurs sinon."""
    classes: dict[str, set[str]] = defaultdict(set)
    for _, _, _, classe, *_, commune in _lignes(type_zonage, le, None, None, communes, None):
        classes[commune].add(classe)
    return {commune: tuple(sorted(trouvees)) for commune, trouvees in classes.items()}


def types_charges(le: date) -> dict[str, str]:
    """Les types dont une édition est en vigueur, code → libellé, dans l’ordre de la liste."""
    editions = EditionZonage.objects.effectives(le).order_by("type__ordre", "type")
    return dict(editions.values_list("type_id", "type__libelle"))


def zones_par_type(communes: Collection[str], le: date) -> dict[str, list[ZoneLue]]:
    """Pour quelques communes, leurs zones de chaque type chargé : libellé du type → zones."""
    zones = {
        libelle: zones_du_type(code, le, communes=communes)
        for code, libelle in types_charges(le).items()
    }
    return {libelle: trouvees for libelle, trouvees in zones.items() if trouvees}


def empreinte() -> str:
    """Change avec tout chargement, remplacement ou retrait : une clé de cache."""
    valeurs: Mapping[str, Any] = EditionZonage.objects.dernier_chargement()
    return f"{valeurs['nombre']}-{valeurs['dernier']}"


def _lignes(
    type_zonage: str,
    le: date,
    region: str | None,
    departement: str | None,
    communes: Iterable[str] | None,
    classes: Iterable[str] | None,
) -> list[tuple[Any, ...]]:
    parametres: dict[str, Any] = {
        "type": type_zonage,
        "le": le,
        "region": region,
        "departement": departement,
        "codes": None if communes is None else list(communes),
        "classes": None if classes is None else list(classes),
    }
    with connection.cursor() as curseur:
        curseur.execute(SQL, parametres)
        return curseur.fetchall()
