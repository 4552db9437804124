"""Valkey embarqué : cache et courtier de Celery.

Rien n'est écrit sur disque. Un travail long est une ligne de la base (`Travail`), que le balayage
remet en file toutes les 15 s : la file n'est qu'un transport, et la perdre ne perd aucun travail.
Une file conservée ferait au contraire revenir, au redémarrage, des messages déjà repris en base.
"""

import signal
import socket
from dataclasses import dataclass

from cls_platform.socle.services_locaux.binaires import programme_valkey
from cls_platform.socle.services_locaux.emplacements import Compte, Emplacement
from cls_platform.socle.services_locaux.processus import Processus

DELAI_DEMARRAGE = 10
DELAI_ARRET = 5
REGLAGES = {
    "port": "0",
    "unixsocketperm": "700",
    "daemonize": "no",
    "save": "",
    "appendonly": "no",
    "maxmemory": "256mb",
    # Ne chasse que les entrées du cache, qui expirent ; jamais un message de la file.
    "maxmemory-policy": "volatile-lru",
}


@dataclass
class Valkey:
    emplacement: Emplacement
    compte: Compte

    def __post_init__(self) -> None:
        dossier = self.emplacement.dossier
        self.processus = Processus("Valkey", dossier / "valkey.vie", dossier / "valkey.log")

    def est_en_service(self) -> bool:
        return self.processus.est_vivant() and self._repond()

    def demarrer(self) -> bool:
        """Vrai si le serveur a été lancé par cet appel."""
        if self.processus.attendre_service(self._repond, DELAI_DEMARRAGE):
            return False
        self.emplacement.socket_valkey.unlink(missing_ok=True)
        self.processus.lancer(
            [str(programme_valkey(self.emplacement.dossier)), *self._options()],
            dossier=self.emplacement.sockets,
            compte=self.compte,
        )
        self.processus.exiger_service(self._repond, DELAI_DEMARRAGE)
        return True

    def arreter(self) -> None:
        self.processus.arreter(signal.SIGTERM, DELAI_ARRET)

    def _options(self) -> list[str]:
        reglages = REGLAGES | {"unixsocket": str(self.emplacement.socket_valkey)}
        return [mot for nom, valeur in reglages.items() for mot in (f"--{nom}", valeur)]

    def _repond(self) -> bool:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as canal:
            canal.settimeout(1)
            try:
                canal.connect(str(self.emplacement.socket_valkey))
                canal.sendall(b"PING\r\n")
                return canal.recv(16).startswith(b"+PONG")
            except OSError:
                return False
