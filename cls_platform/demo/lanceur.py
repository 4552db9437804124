"""Le serveur web, le travailleur Celery et son battement, lancés et arrêtés ensemble.

Chacun a sa propre session : Ctrl-C n'atteint que le lanceur, qui les arrête dans l'ordre, et tout
ce qu'ils ont eux-mêmes lancé avec eux.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cls_platform.demo.affichage import ErreurDemo
from cls_platform.demo.systeme import ADRESSE_LOCALE

# Un travail interrompu n'est pas perdu : son bail expire, et il est repris au démarrage suivant.
DELAI_ARRET_SECONDES = 8
DELAI_PRET_SECONDES = 60
PAS_SECONDES = 0.2


@dataclass
class Programme:
    nom: str
    processus: subprocess.Popen[bytes]
    journal: Path

    def exiger_vivant(self) -> None:
        if self.processus.poll() is not None:
            raise ErreurDemo(f"{self.nom} s’est arrêté.\n{fin_de(self.journal)}\n→ {self.journal}")


def fin_de(journal: Path, lignes: int = 12) -> str:
    return "\n".join(journal.read_text(errors="replace").splitlines()[-lignes:])


def commandes(port: int, dossier: Path) -> dict[str, list[str]]:
    celery = ["-m", "celery", "--app", "cls_platform", "--quiet"]
    battement = str(dossier / "battement")
    return {
        "web": [
            *("-m", "gunicorn", "--config", "python:cls_platform.gunicorn"),
            *("--bind", f"{ADRESSE_LOCALE}:{port}", "cls_platform.wsgi"),
        ],
        "travailleur": [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO"],
        "battement": [*celery, "beat", "--schedule", battement, "--loglevel", "INFO"],
    }


@contextmanager
def en_marche(port: int, dossier: Path) -> Iterator[list[Programme]]:
    """Les trois programmes, le temps du bloc ; leurs journaux sont dans `dossier`."""
    dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    programmes: list[Programme] = []
    try:
        for nom, commande in commandes(port, dossier).items():
            programmes.append(lancer(nom, commande, dossier / f"{nom}.log"))
        yield programmes
    finally:
        arreter(programmes)


def lancer(nom: str, commande: list[str], journal: Path) -> Programme:
    with journal.open("wb") as sortie:
        processus = subprocess.Popen(  # noqa: S603  (les trois commandes ci-dessus)
            [sys.executable, *commande],
            stdin=subprocess.DEVNULL,
            stdout=sortie,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Programme(nom, processus, journal)


def arreter(programmes: list[Programme]) -> None:
    """Demande d'abord, tue ensuite ; un second Ctrl-C n'interrompt pas le nettoyage."""
    precedent = signal.signal(signal.SIGINT, signal.SIG_IGN)
    for programme in programmes:
        programme.processus.terminate()
    limite = time.monotonic() + DELAI_ARRET_SECONDES
    for programme in programmes:
        with suppress(subprocess.TimeoutExpired):
            programme.processus.wait(max(0.1, limite - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(programme.processus.pid, signal.SIGKILL)
        programme.processus.wait()
    signal.signal(signal.SIGINT, precedent)


def attendre_pret(adresse: str, programmes: list[Programme]) -> None:
    """Le site répond « prêt » ; un programme mort entre-temps est signalé avec son journal."""
    limite = time.monotonic() + DELAI_PRET_SECONDES
    surveiller(programmes, jusqua=lambda: repond(adresse) or time.monotonic() > limite)
    if not repond(adresse):
        web = programmes[0]
        raise ErreurDemo(f"{adresse} ne répond pas.\n{fin_de(web.journal)}\n→ {web.journal}")


def surveiller(programmes: list[Programme], *, jusqua: Callable[[], bool]) -> None:
    while not jusqua():
        for programme in programmes:
            programme.exiger_vivant()
        time.sleep(PAS_SECONDES)


def repond(adresse: str) -> bool:
    try:
        with urllib.request.urlopen(adresse, timeout=5) as reponse:  # noqa: S310  (notre serveur)
            return reponse.status == 200
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False
