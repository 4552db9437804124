"""PostgreSQL embarqué : création de la base, démarrage, arrêt."""

import shutil
import signal
import socket
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cls_platform.socle.services_locaux.binaires import VERSION_POSTGRESQL, programmes_postgresql
from cls_platform.socle.services_locaux.emplacements import (
    NOM_BASE,
    Compte,
    Emplacement,
    preparer_dossier,
)
from cls_platform.socle.services_locaux.erreurs import ErreurServices
from cls_platform.socle.services_locaux.processus import ENVIRONNEMENT, Processus

DELAI_DEMARRAGE = 60
DELAI_ARRET = 30
# Premier message du protocole PostgreSQL 3, « SSLRequest » : longueur puis code convenu.
DEMANDE_SSL = struct.pack("!ii", 8, 80877103)
REGLAGES = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Une coupure peut faire perdre les dernières millisecondes, jamais abîmer la base.
    "synchronous_commit": "off",
}
REGLAGES_JETABLES = {"fsync": "off", "full_page_writes": "off"}


@dataclass
class PostgreSQL:
    """`jetable` coupe fsync : réservé aux données que l'on peut recréer, comme celles des tests."""

    emplacement: Emplacement
    compte: Compte
    jetable: bool = False

    def __post_init__(self) -> None:
        dossier = self.emplacement.dossier
        self.donnees = dossier / f"donnees-postgresql-{VERSION_POSTGRESQL}"
        self.processus = Processus(
            "PostgreSQL", dossier / "postgresql.vie", dossier / "postgresql.log"
        )

    def est_en_service(self) -> bool:
        return self.processus.est_vivant() and self._annonce_pret() and self._repond()

    def demarrer(self) -> bool:
        """Vrai si le serveur a été lancé par cet appel."""
        if self.processus.attendre_service(self.est_en_service, DELAI_DEMARRAGE):
            return False
        programmes = programmes_postgresql(self.emplacement.dossier)
        if not self.donnees.exists():
            self._creer(programmes)
        self._oublier_ancien_serveur()
        self.processus.lancer(
            [str(programmes / "postgres"), "-D", str(self.donnees), *self._options()],
            dossier=self.donnees,
            compte=self.compte,
        )
        self.processus.exiger_service(self.est_en_service, DELAI_DEMARRAGE)
        return True

    def arreter(self) -> None:
        """SIGINT est l'arrêt « rapide » : connexions coupées, données écrites."""
        self.processus.arreter(signal.SIGINT, DELAI_ARRET)

    def _options(self) -> list[str]:
        reglages = REGLAGES | {"unix_socket_directories": str(self.emplacement.sockets)}
        if self.jetable:
            reglages |= REGLAGES_JETABLES
        return [f"--{nom}={valeur}" for nom, valeur in reglages.items()]

    def _annonce_pret(self) -> bool:
        """La huitième ligne de postmaster.pid dit « ready » quand les connexions sont admises."""
        try:
            lignes = (self.donnees / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lignes) >= 8 and lignes[7].strip() == "ready"

    def _repond(self) -> bool:
        """Faux pour les orphelins d'un serveur tué : ils vivent mais ne répondent plus."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as canal:
            canal.settimeout(1)
            try:
                canal.connect(str(self.emplacement.sockets / ".s.PGSQL.5432"))
                canal.sendall(DEMANDE_SSL)
                return canal.recv(1) == b"N"
            except OSError:
                return False

    def _oublier_ancien_serveur(self) -> None:
        """Après un kill -9 ou une coupure, le pid noté peut désigner un tout autre programme."""
        (self.donnees / "postmaster.pid").unlink(missing_ok=True)
        for reste in self.emplacement.sockets.glob(".s.PGSQL.*"):
            reste.unlink()

    def _creer(self, programmes: Path) -> None:
        """Sous un nom provisoire : une création interrompue ne laisse pas de base boiteuse."""
        brouillon = self.donnees.with_name(f"{self.donnees.name}.partiel")
        shutil.rmtree(brouillon, ignore_errors=True)
        preparer_dossier(brouillon, self.compte)
        self._executer(
            [
                str(programmes / "initdb"),
                f"--pgdata={brouillon}",
                f"--username={NOM_BASE}",
                "--encoding=UTF8",
                "--locale=C",
                "--auth=trust",
                "--no-sync",
                "--no-instructions",
            ],
            brouillon,
        )
        seul = [str(programmes / "postgres"), "--single", "-D", str(brouillon), "postgres"]
        self._executer(seul, brouillon, entree=f"CREATE DATABASE {NOM_BASE};\n")
        brouillon.rename(self.donnees)

    def _executer(self, commande: list[str], dossier: Path, entree: str = "") -> None:
        try:
            subprocess.run(  # noqa: S603  (programmes de nos paquets)
                commande,
                cwd=dossier,
                env=ENVIRONNEMENT,
                input=entree,
                capture_output=True,
                text=True,
                check=True,
                user=self.compte.uid,
                group=self.compte.gid,
                extra_groups=self.compte.groupes,
            )
        except (OSError, subprocess.CalledProcessError) as erreur:
            detail = getattr(erreur, "stderr", None) or str(erreur)
            raise ErreurServices(
                f"La base n’a pas pu être créée dans {self.donnees.parent} : {detail.strip()}"
            ) from erreur
