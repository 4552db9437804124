"""Un serveur lancé par nous, et la preuve qu'il vit encore.

Le serveur hérite d'un descripteur qui tient un verrou `flock` : le noyau lâche ce verrou quand le
dernier de ses processus meurt, même tué par `kill -9` ou par l'arrêt de la machine. Le verrou dit
donc toujours vrai, là où un fichier de pid ment dès que le pid est réattribué. Le fichier
verrouillé contient le pid du processus principal.
"""

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cls_platform.socle.services_locaux.emplacements import Compte
from cls_platform.socle.services_locaux.erreurs import ErreurServices

PAS_SECONDES = 0.02
ENVIRONNEMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def attendre(condition: Callable[[], bool], secondes: float) -> bool:
    """Vrai dès que la condition l'est, faux si le délai passe."""
    limite = time.monotonic() + secondes
    while not condition():
        if time.monotonic() > limite:
            return False
        time.sleep(PAS_SECONDES)
    return True


@dataclass
class Processus:
    """Processus principal d'un serveur, indépendant du terminal et de la vie de son lanceur."""

    nom: str
    temoin: Path
    journal: Path

    def est_vivant(self) -> bool:
        if not self.temoin.exists():
            return False
        with self.temoin.open("rb") as fichier:
            try:
                fcntl.flock(fichier, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def lancer(self, commande: Sequence[str], *, dossier: Path, compte: Compte) -> None:
        descripteur = os.open(self.temoin, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descripteur, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with self.journal.open("wb") as sortie:
                serveur = subprocess.Popen(  # noqa: S603  (programmes de nos paquets)
                    commande,
                    cwd=dossier,
                    env=ENVIRONNEMENT,
                    stdin=subprocess.DEVNULL,
                    stdout=sortie,
                    stderr=subprocess.STDOUT,
                    pass_fds=(descripteur,),
                    start_new_session=True,
                    user=compte.uid,
                    group=compte.gid,
                    extra_groups=compte.groupes,
                )
            # Détaché : il survit à son lanceur, qui n'a pas à s'en plaindre en partant.
            serveur.returncode = 0
            os.truncate(descripteur, 0)
            os.pwrite(descripteur, str(serveur.pid).encode(), 0)
        finally:
            os.close(descripteur)

    def attendre_service(self, en_service: Callable[[], bool], secondes: float) -> bool:
        """Vrai quand le serveur répond, faux quand il est mort ou muet."""
        attendre(lambda: not self.est_vivant() or en_service(), secondes)
        return self.est_vivant() and en_service()

    def exiger_service(self, en_service: Callable[[], bool], secondes: float) -> None:
        if self.attendre_service(en_service, secondes):
            return
        self.arreter(signal.SIGKILL, 5)
        raise ErreurServices(f"{self.nom} n’a pas démarré.\n{self.fin_du_journal()}".rstrip())

    def arreter(self, demande: signal.Signals, secondes: float) -> None:
        """Demande l'arrêt, puis tue ce qui resterait après le délai."""
        for signal_envoye, delai in ((demande, secondes), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            if not self.est_vivant():
                return
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal_envoye)
            if attendre(lambda: not self.est_vivant(), delai):
                with suppress(ChildProcessError):
                    os.waitpid(self.pid, 0)
        if self.est_vivant():
            raise ErreurServices(f"{self.nom} (pid {self.pid}) refuse de s’arrêter.")

    @property
    def pid(self) -> int:
        return int(self.temoin.read_text())

    def fin_du_journal(self, lignes: int = 8) -> str:
        if not self.journal.exists():
            return ""
        texte = self.journal.read_text(errors="replace")
        return "\n".join(texte.splitlines()[-lignes:])
