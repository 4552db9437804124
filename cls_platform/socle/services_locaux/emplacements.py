"""Où vivent les services embarqués : des chemins qui ne dépendent que du dossier du projet.

Sous un compte ordinaire, tout tient dans `<projet>/.services/`. Sous root, PostgreSQL refuse de
tourner : les données vont dans le dossier temporaire du système et les serveurs tournent sous un
compte sans privilège déjà présent sur la machine. Aucun dossier parent ne change de permissions.
"""

import hashlib
import os
import pwd
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from cls_platform.socle.services_locaux.erreurs import ErreurServices

PROJET = Path(__file__).resolve().parents[3]
COMPTES_SANS_PRIVILEGE = ("postgres", "_postgres", "nobody")
NOM_BASE = "cls"
# sockaddr_un accepte 107 octets (103 sous macOS) ; « /.s.PGSQL.5432.lock » en prend 19.
LONGUEUR_MAX_DOSSIER_SOCKETS = 84


@dataclass(frozen=True)
class Compte:
    """Compte du système qui exécute les serveurs ; `None` partout : le compte courant."""

    uid: int | None = None
    gid: int | None = None
    groupes: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Emplacement:
    """Dossier des données et dossier des sockets d'un jeu de services."""

    dossier: Path
    sockets: Path

    @property
    def socket_valkey(self) -> Path:
        return self.sockets / "valkey"

    @property
    def adresse_postgresql(self) -> str:
        """Adresse lue telle quelle par libpq, psycopg et dj-database-url."""
        return f"postgresql://{NOM_BASE}@{quote(str(self.sockets), safe='')}/{NOM_BASE}"

    @property
    def adresse_valkey(self) -> str:
        return f"unix://{quote(str(self.socket_valkey))}?db=0"


def est_root() -> bool:
    return os.geteuid() == 0


def empreinte(chemin: Path) -> str:
    return hashlib.sha256(str(chemin).encode()).hexdigest()[:10]


def emplacement_du_projet(projet: Path = PROJET) -> Emplacement:
    if est_root():
        return emplacement(Path(tempfile.gettempdir()) / f"cls-{empreinte(projet)}")
    return emplacement(projet / ".services")


def emplacement(dossier: Path) -> Emplacement:
    """Les sockets restent dans le dossier, sauf si leur chemin dépasse ce que le noyau accepte."""
    sockets = dossier / "s"
    if len(os.fsencode(sockets)) > LONGUEUR_MAX_DOSSIER_SOCKETS:
        court = f"cls-{os.geteuid()}-{empreinte(dossier)}"
        sockets = Path(tempfile.gettempdir()) / court / "s"
    return Emplacement(dossier, sockets)


def compte_des_serveurs() -> Compte:
    """Sous root, le premier compte sans privilège qui existe ; sinon le compte courant."""
    if not est_root():
        return Compte()
    for nom in COMPTES_SANS_PRIVILEGE:
        try:
            fiche = pwd.getpwnam(nom)
        except KeyError:
            continue
        return Compte(fiche.pw_uid, fiche.pw_gid, groupes=())
    raise ErreurServices(
        "PostgreSQL ne peut pas tourner sous root et aucun compte « postgres » ou « nobody » "
        "n’existe : lancez la commande sous un compte ordinaire."
    )


def preparer_dossier(chemin: Path, compte: Compte, *, prive: bool = True) -> None:
    """Crée le dossier ; refuse celui qu'un autre utilisateur aurait posé là avant nous."""
    chemin.mkdir(mode=0o700, parents=True, exist_ok=True)
    etat = chemin.lstat()
    if chemin.is_symlink() or etat.st_uid not in (os.geteuid(), compte.uid):
        raise ErreurServices(f"{chemin} appartient à un autre utilisateur : supprimez-le.")
    if prive and compte.uid is not None and compte.gid is not None:
        os.chown(chemin, compte.uid, compte.gid)
    chemin.chmod(0o700 if prive else 0o711)
