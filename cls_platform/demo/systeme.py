"""Ce que la machine doit offrir : un port libre, Pango, un navigateur pour les tests.

N'emploie que la bibliothèque standard : sert avant que l'environnement Python n'existe.
"""

import errno
import os
import shutil
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

from cls_platform.demo.affichage import ErreurDemo, etape

PAQUETS_PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
NAVIGATEURS = ("chromium", "chromium-browser", "google-chrome")
ADRESSE_LOCALE = "127.0.0.1"


def port_impossible(ecrit: object) -> ErreurDemo:
    return ErreurDemo(f"PORT doit être un nombre entre 1 et 65535, pas « {ecrit} ».")


def exiger_port(port: int) -> None:
    if not 1 <= port <= 65535:
        raise port_impossible(port)
    with socket.socket() as essai:
        essai.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            essai.bind((ADRESSE_LOCALE, port))
        except OSError as erreur:
            raise ErreurDemo(phrase_du_port(port, erreur)) from erreur


def phrase_du_port(port: int, erreur: OSError) -> str:
    if erreur.errno == errno.EADDRINUSE:
        return (
            f"Le port {port} est déjà pris : arrêtez le programme qui l’occupe, ou choisissez-en "
            f"un autre (par exemple : PORT={port + 1} make demo)."
        )
    return f"Le port {port} ne peut pas être ouvert ({erreur.strerror}) : choisissez-en un autre."


def exiger_pango(python: Path) -> None:
    """Pango dessine les PDF ; sans lui, WeasyPrint ne se charge même pas."""
    if charge_weasyprint(python):
        return
    installer_ou_dire(PAQUETS_PANGO, "Pango (mise en page des PDF)")
    if not charge_weasyprint(python):
        raise ErreurDemo(
            "WeasyPrint ne se charge pas malgré Pango : lancez "
            "« .venv/bin/python -c 'import weasyprint' » pour voir ce qui manque."
        )


def charge_weasyprint(python: Path) -> bool:
    commande = [str(python), "-c", "import weasyprint"]
    return subprocess.run(commande, capture_output=True, check=False).returncode == 0  # noqa: S603  (commande écrite ici, sans saisie)


def exiger_navigateur() -> None:
    if not any(shutil.which(nom) for nom in NAVIGATEURS):
        installer_ou_dire(("chromium",), "Chromium (tests de navigateur)")


def installer_ou_dire(paquets: Sequence[str], raison: str) -> None:
    """Sous root, sur Debian ou Ubuntu, installe ; ailleurs, dit quoi installer."""
    commande = f"apt-get install {' '.join(paquets)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise ErreurDemo(
            f"Il manque un logiciel : {raison}. Sous Debian ou Ubuntu : sudo {commande} ; "
            "puis relancez."
        )
    with etape(f"Installation : {raison}"):
        if not (apt("install", *paquets) or (apt("update") and apt("install", *paquets))):
            raise ErreurDemo(
                f"« {commande} » a échoué : vérifiez l’accès au réseau et à vos dépôts Debian."
            )


def apt(geste: str, *paquets: str) -> bool:
    options = ["--yes", "--no-install-recommends"] if paquets else []
    resultat = subprocess.run(  # noqa: S603  (paquets nommés dans ce fichier)
        ["apt-get", "-qq", geste, *options, *paquets],  # noqa: S607  (commande écrite ici, sans saisie)
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return resultat.returncode == 0
