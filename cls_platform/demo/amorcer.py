"""Prépare `.venv/` depuis un verrou, puis la machine : ce que le Makefile lance en premier.

N'emploie que la bibliothèque standard, avec le Python de la machine :
`python3 -m cls_platform.demo.amorcer {demo,dev,tests}`. Rien n'est refait tant que le verrou n'a
pas changé.
"""

import argparse
import fcntl
import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cls_platform.demo.affichage import ErreurDemo, etape
from cls_platform.demo.systeme import (
    exiger_navigateur,
    exiger_pango,
    exiger_port,
    installer_ou_dire,
    port_impossible,
)

PROJET = Path(__file__).resolve().parents[2]
VENV = PROJET / ".venv"
PYTHON = VENV / "bin" / "python"
TEMOIN = VENV / "verrou-installe"
# Un environnement créé par un autre outil peut ne pas contenir pip.
AJOUTER_PIP = "import ensurepip; ensurepip.bootstrap(upgrade=True)"
VERROUS = {"demo": "requirements.lock", "dev": "requirements-dev.lock"}
SIGNES_DE_PANNE_RESEAU = (
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ProxyError",
    "Max retries exceeded",
    "Could not find a version",
)


def main() -> None:
    options = lire_options()
    try:
        if options.port is not None:
            exiger_port(lire_port(options.port))
        with seul():
            preparer("demo" if options.pour == "demo" else "dev")
            exiger_pango(PYTHON)
            if options.pour == "tests":
                exiger_navigateur()
    except ErreurDemo as erreur:
        sys.exit(f"\n{erreur}")
    except KeyboardInterrupt:
        sys.exit(130)


def lire_options() -> argparse.Namespace:
    parseur = argparse.ArgumentParser(description="Prépare l’environnement Python du projet.")
    parseur.add_argument("pour", choices=("demo", "dev", "tests"))
    parseur.add_argument("--port", help="port dont la disponibilité est vérifiée")
    return parseur.parse_args()


def lire_port(texte: str) -> int:
    if not texte.isdecimal():
        raise port_impossible(texte)
    return int(texte)


@contextmanager
def seul() -> Iterator[None]:
    """Deux « make » à la fois ne remplissent pas le même environnement."""
    dossier = os.open(PROJET, os.O_RDONLY)
    try:
        fcntl.flock(dossier, fcntl.LOCK_EX)
        yield
    finally:
        os.close(dossier)


def preparer(jeu: str) -> None:
    attendu = signature(jeu)
    if PYTHON.exists() and attendu in temoins():
        return
    if not repond(PYTHON, "import pip") and not repond(PYTHON, AJOUTER_PIP):
        creer_venv()
    with etape(f"Bibliothèques de {VERROUS[jeu]} (une à trois minutes la première fois)"):
        installer(PROJET / VERROUS[jeu])
    # Le jeu de développement contient celui de la démonstration.
    valables = [attendu, signature("demo")] if jeu == "dev" else [attendu]
    TEMOIN.write_text("\n".join(valables))


def signature(jeu: str) -> str:
    return hashlib.sha256((PROJET / VERROUS[jeu]).read_bytes()).hexdigest()


def temoins() -> list[str]:
    return TEMOIN.read_text().split() if TEMOIN.exists() else []


def repond(python: Path, code: str) -> bool:
    if not python.exists():
        return False
    commande = [str(python), "-c", code]
    return subprocess.run(commande, capture_output=True, check=False).returncode == 0  # noqa: S603  (commande écrite ici, sans saisie)


def creer_venv() -> None:
    """Debian livre Python sans `ensurepip` : le paquet python3-venv le rend."""
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        installer_ou_dire((f"python{version}-venv",), "module venv de Python")
    with etape("Environnement Python .venv"):
        commande = [sys.executable, "-m", "venv", "--clear", str(VENV)]
        resultat = subprocess.run(  # noqa: S603  (commande écrite ici, sans saisie)
            commande, capture_output=True, text=True, check=False
        )
    if resultat.returncode != 0:
        raise ErreurDemo(
            f"L’environnement {VENV} n’a pas pu être créé : {resultat.stdout}{resultat.stderr}"
        )


def installer(verrou: Path) -> None:
    resultat = subprocess.run(  # noqa: S603  (commande écrite ici, sans saisie)
        [
            str(PYTHON), "-m", "pip", "install", "--require-hashes", "--no-deps", "--quiet",
            "--disable-pip-version-check", "--no-input", "--prefer-binary", "--retries", "2",
            "--timeout", "20", "--requirement", str(verrou),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    if resultat.returncode == 0:
        return
    if any(signe in resultat.stderr for signe in SIGNES_DE_PANNE_RESEAU):
        raise ErreurDemo(
            "Les bibliothèques Python n’ont pas pu être téléchargées : vérifiez l’accès au réseau, "
            "ou indiquez votre miroir (variable PIP_INDEX_URL), puis relancez."
        )
    raise ErreurDemo(f"L’installation des bibliothèques a échoué :\n{resultat.stderr.strip()}")


if __name__ == "__main__":
    main()
