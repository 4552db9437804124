"""Format des fichiers de territoires : ce que la construction écrit et que le chargement lit."""

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cls_platform.socle.erreurs import ErreurMetier

DOSSIER = Path(__file__).resolve().parent / "donnees"

# Listes dans une case : codes séparés par une espace, noms par une barre verticale.
COLONNES = {
    "regions": ("code", "nom", "population"),
    "departements": ("code", "nom", "region", "population"),
    "epci": ("siren", "nom", "nom_court", "nature", "population"),
    "ept": ("siren", "nom", "nom_court", "population"),
    "communes": (
        "code",
        "nom",
        "departement",
        "epci",
        "ept",
        "siren",
        "population",
        "codes_postaux",
        "autres_codes",
        "autres_noms",
    ),
}


@dataclass(frozen=True, slots=True)
class Edition:
    annee_cog: int
    date_effet: date
    millesime_population: str
    sources: list[dict[str, str]]
    sha256: str


def lire_edition(dossier: Path = DOSSIER) -> Edition:
    """L'empreinte porte sur le texte des tables, pas sur leur compression."""
    valeurs = json.loads(_octets(dossier / "edition.json"))
    empreinte = hashlib.sha256()
    for niveau in COLONNES:
        empreinte.update(texte_csv(dossier, niveau).encode())
    return Edition(
        annee_cog=valeurs["annee_cog"],
        date_effet=date.fromisoformat(valeurs["date_effet"]),
        millesime_population=valeurs["millesime_population"],
        sources=valeurs["sources"],
        sha256=empreinte.hexdigest(),
    )


def texte_csv(dossier: Path, niveau: str) -> str:
    """Contenu de `<niveau>.csv.gz`. Lève ErreurMetier si les colonnes ne sont pas les bonnes."""
    texte = gzip.decompress(_octets(dossier / f"{niveau}.csv.gz")).decode()
    entete = texte.partition("\n")[0]
    if entete != ",".join(COLONNES[niveau]):
        raise ErreurMetier(
            f"Le fichier {niveau}.csv.gz n’a pas les colonnes attendues : "
            f"{', '.join(COLONNES[niveau])}. Reconstruisez-le avec construire_territoires."
        )
    return texte


def lignes_csv(dossier: Path, niveau: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(io.StringIO(texte_csv(dossier, niveau)))


def _octets(fichier: Path) -> bytes:
    try:
        return fichier.read_bytes()
    except FileNotFoundError as erreur:
        raise ErreurMetier(
            f"Le fichier {fichier.name} manque dans {fichier.parent} : "
            "lancez construire_territoires, ou donnez le bon dossier."
        ) from erreur
