"""Fichiers reproductibles : mêmes données, mêmes octets (ni date ni nom dans l'en-tête gzip)."""

import csv
import gzip
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path


def ecrire_csv(fichier: Path, colonnes: Sequence[str], lignes: Iterable[Mapping[str, str]]) -> None:
    texte = io.StringIO()
    ecrivain = csv.DictWriter(texte, colonnes, lineterminator="\n")
    ecrivain.writeheader()
    ecrivain.writerows(lignes)
    _comprimer(fichier, texte.getvalue())


def ecrire_json(fichier: Path, valeur: object) -> None:
    _comprimer(fichier, json.dumps(valeur, separators=(",", ":"), ensure_ascii=False))


def _comprimer(fichier: Path, texte: str) -> None:
    fichier.parent.mkdir(parents=True, exist_ok=True)
    fichier.write_bytes(gzip.compress(texte.encode(), compresslevel=9, mtime=0))
