"""Une plateforme entière et privée : sa base, son Valkey, son serveur web, son travailleur.

De vrais processus, que l’on tue et que l’on relance. Rien de commun avec les services du projet ni
avec la base de test : une panne provoquée ici n’atteint que ce dossier-ci.
"""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from cls_platform.socle.services_locaux.emplacements import PROJET, Compte, emplacement
from cls_platform.socle.services_locaux.ensemble import ServicesLocaux

ATTENTE = 60
JEU = "import django; django.setup(); from tests.appuis import jeu; jeu.{}()"


class Plateforme:
    """`preparer()` une fois ; puis `lancer("web")`, `tuer("travailleur")`, `sql(…)`."""

    def __init__(self, **reglages: str) -> None:
        self.dossier = Path(tempfile.mkdtemp(prefix="cls-essai-"))
        self.services = ServicesLocaux(emplacement(self.dossier), jetable=True)
        self.port = port_libre()
        self.adresse = f"http://127.0.0.1:{self.port}"
        self.processus: dict[str, subprocess.Popen[bytes]] = {}
        lieu = self.services.emplacement
        self.environnement = os.environ | {
            "DATABASE_URL": lieu.adresse_postgresql,
            "REDIS_URL": lieu.adresse_valkey,
            "DJANGO_SETTINGS_MODULE": "cls_platform.settings.test",
            "MEDIA_ROOT": str(self.dossier / "media"),
            "CLS_SUFFIXE_TEST": self.dossier.name,
            "PYTHONPATH": str(PROJET),
            "PORT": str(self.port),
            "WEB_CONCURRENCY": "2",
            **reglages,
        }
        self.environnement.pop("PYTEST_XDIST_WORKER", None)

    # Le cycle de vie

    def preparer(self, jeu: str, modeles: Path) -> None:
        """Le jeu n’est construit qu’une fois par passage : les suivantes copient ses fichiers."""
        modele = modeles / f"plateforme-{jeu}"
        with (modeles / f"{modele.name}.verrou").open("w") as verrou:
            fcntl.flock(verrou, fcntl.LOCK_EX)
            if not modele.exists():
                self._construire(jeu, modele)
        self._copier(modele, self.dossier)
        self.services.demarrer()

    def _construire(self, jeu: str, modele: Path) -> None:
        self.services.demarrer()
        self.python("-m", "django", "migrate", "--verbosity", "0")
        self.python("-c", JEU.format(jeu))
        self.services.arreter()
        brouillon = modele.with_suffix(".partiel")
        brouillon.mkdir()
        for contenu in (*self.dossier.glob("donnees-postgresql-*"), self.dossier / "media"):
            if contenu.exists():
                self._copier(contenu, brouillon)
        shutil.rmtree(self.dossier)
        self.dossier.mkdir(mode=0o700)
        brouillon.rename(modele)

    @staticmethod
    def _copier(source: Path, destination: Path) -> None:
        """Avec ses propriétaires : sous root, les données sont au compte de PostgreSQL."""
        origine = f"{source}/." if source.name.startswith("plateforme-") else str(source)
        subprocess.run(["cp", "-a", origine, str(destination)], check=True)

    def fermer(self) -> None:
        for nom in list(self.processus):
            self.tuer(nom)
        self.services.arreter()
        shutil.rmtree(self.dossier, ignore_errors=True)

    def python(self, *arguments: str) -> str:
        """Exécute Python dans cette plateforme et rend ce qu’il écrit ; un échec montre tout."""
        fini = subprocess.run(
            [sys.executable, *arguments],
            cwd=PROJET,
            env=self.environnement,
            capture_output=True,
            text=True,
            check=False,
        )
        assert fini.returncode == 0, fini.stdout + fini.stderr
        return fini.stdout

    # Les processus

    def lancer(self, nom: str) -> None:
        journal = (self.dossier / f"{nom}.log").open("ab")
        self.processus[nom] = subprocess.Popen(
            [sys.executable, *self._commande(nom)],
            cwd=PROJET,
            env=self.environnement,
            stdin=subprocess.DEVNULL,
            stdout=journal,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        journal.close()
        if nom == "web":
            self.attendre(lambda: self.statut("/sante/vivant") == 200, "le serveur web")

    def _commande(self, nom: str) -> list[str]:
        celery = ["-m", "celery", "--app", "cls_platform", "--quiet"]
        battement = ["beat", "--schedule", str(self.dossier / "battement"), "--max-interval", "1"]
        return {
            "web": [
                *("-m", "gunicorn", "--config", "python:cls_platform.gunicorn"),
                *("--bind", f"127.0.0.1:{self.port}", "cls_platform.wsgi"),
            ],
            "travailleur": [*celery, "worker", "--concurrency", "1", "--loglevel", "INFO"],
            "battement": [*celery, *battement, "--loglevel", "INFO"],
        }[nom]

    def tuer(self, nom: str, signal_envoye: int = signal.SIGKILL) -> None:
        """Tue le programme et tous ceux qu’il a lancés, sans leur laisser le temps de rien dire."""
        processus = self.processus.pop(nom)
        with suppress(ProcessLookupError):
            os.killpg(processus.pid, signal_envoye)
        processus.wait(timeout=ATTENTE)

    def journal(self, nom: str) -> str:
        chemin = self.dossier / f"{nom}.log"
        return chemin.read_text(errors="replace")[-4000:] if chemin.exists() else ""

    # Les pannes

    def couper(self, service: str) -> None:
        """Arrête `postgresql` ou `valkey` ; `retablir()` les relance."""
        getattr(self.services, f"_{service}")(Compte()).arreter()

    def retablir(self) -> None:
        self.services.demarrer()

    # Ce que l'on y regarde

    def sql(self, requete: str, *valeurs: Any) -> list[tuple]:
        with psycopg.connect(self.services.emplacement.adresse_postgresql) as connexion:
            curseur = connexion.execute(requete, valeurs)
            return curseur.fetchall() if curseur.description else []

    def statut(self, chemin: str, delai: float = 10) -> int | None:
        """Le code de la réponse, ou None si personne ne répond."""
        return self.lire(chemin, delai)[0]

    def lire(self, chemin: str, delai: float = 10) -> tuple[int | None, bytes]:
        try:
            with urllib.request.urlopen(self.adresse + chemin, timeout=delai) as reponse:
                return reponse.status, reponse.read()
        except urllib.error.HTTPError as erreur:
            with erreur:
                return erreur.code, erreur.read()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return None, b""

    def attendre(self, vrai: Callable[[], Any], quoi: str, delai: float = ATTENTE) -> None:
        limite = time.monotonic() + delai
        while not vrai():
            if time.monotonic() > limite:
                journaux = "\n".join(f"== {n}\n{self.journal(n)}" for n in ("web", "travailleur"))
                raise AssertionError(f"{quoi} : toujours rien après {delai} s.\n{journaux}")
            time.sleep(0.1)


def port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


@contextmanager
def plateforme(
    *programmes: str, modeles: Path, jeu: str = "charger", **reglages: str
) -> Iterator[Plateforme]:
    """Une plateforme prête, avec ces programmes en marche, effacée à la fin.

    `modeles` : un dossier commun à tous les processus du passage (`dossier_commun`).
    """
    neuve = Plateforme(**reglages)
    try:
        neuve.preparer(jeu, modeles)
        for nom in programmes:
            neuve.lancer(nom)
        yield neuve
    finally:
        neuve.fermer()


def dossier_commun(fabrique: pytest.TempPathFactory) -> Path:
    """Un dossier que partagent les processus de pytest-xdist, et qui s’efface avec les siens."""
    base = fabrique.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
