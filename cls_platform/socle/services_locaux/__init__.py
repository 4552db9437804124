"""PostgreSQL et Valkey embarqués, pour travailler sans rien installer.

Ils ne servent que si DATABASE_URL ou REDIS_URL manque. Leurs adresses ne dépendent que du dossier
du projet : toute commande lancée dans ce dossier rejoint les mêmes services.
"""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from environs import Env

from cls_platform.socle.services_locaux.emplacements import (
    PROJET,
    Compte,
    emplacement_du_projet,
    preparer_dossier,
)
from cls_platform.socle.services_locaux.ensemble import ServicesDemarres, ServicesLocaux
from cls_platform.socle.services_locaux.erreurs import ErreurServices

__all__ = [
    "ErreurServices",
    "ServicesDemarres",
    "ServicesLocaux",
    "adresse_courtier",
    "adresse_postgresql",
    "adresse_valkey",
    "arreter",
    "bail",
    "demarrer",
    "dossier_de_travail",
    "effacer",
    "en_marche_pour",
    "en_service",
    "services_necessaires",
]

# Ces commandes ne touchent ni la base ni le cache, ou s'occupent elles-mêmes des services.
COMMANDES_SANS_SERVICES = frozenset(
    {
        "collectstatic",
        "compilemessages",
        "construire_vendor",
        "demarrer_demo",
        "diffsettings",
        "findstatic",
        "help",
        "makemessages",
        "services",
        "spectacular",
        "startapp",
        "version",
    }
)


def adresse_postgresql() -> str:
    return emplacement_du_projet().adresse_postgresql


def adresse_valkey() -> str:
    return emplacement_du_projet().adresse_valkey


def adresse_courtier(adresse: str) -> str:
    """L'adresse d'un Redis ou d'un Valkey, dans l'écriture que Celery attend d'un socket."""
    if not adresse.startswith("unix://"):
        return adresse
    chemin, _, requete = adresse.removeprefix("unix://").partition("?db=")
    return f"redis+socket://{chemin}?virtual_host={requete or 0}"


def demarrer() -> ServicesDemarres:
    """Démarre à demeure ce qui ne tourne pas encore ; sans effet sur le reste."""
    return du_projet().demarrer()


def arreter() -> None:
    du_projet().arreter()


def effacer() -> None:
    """Arrête les services et supprime leurs données."""
    du_projet().effacer()


def en_service() -> bool:
    return du_projet().en_service()


def du_projet(*, jetable: bool = False) -> ServicesLocaux:
    return ServicesLocaux(emplacement_du_projet(), jetable=jetable)


def dossier_de_travail() -> Path:
    """Le dossier des services, créé au besoin ; la démonstration y met aussi ses journaux."""
    dossier = emplacement_du_projet().dossier
    preparer_dossier(dossier, Compte(), prive=False)
    return dossier


def services_necessaires() -> frozenset[str]:
    """Les services dont l'adresse n'est donnée ni par l'environnement ni par le fichier `.env`."""
    Env().read_env(str(PROJET / ".env"), recurse=False)
    variables = {"postgresql": "DATABASE_URL", "valkey": "REDIS_URL"}
    return frozenset(nom for nom, variable in variables.items() if not os.environ.get(variable))


@contextmanager
def bail(*, jetable: bool = False) -> Iterator[ServicesDemarres]:
    """Les services nécessaires, en marche le temps du bloc ; le dernier processus parti éteint."""
    noms = services_necessaires()
    if not noms:
        yield ServicesDemarres(postgresql=False, valkey=False)
        return
    with _interruptible(), du_projet(jetable=jetable).bail(noms) as demarres:
        yield demarres


@contextmanager
def en_marche_pour(commande: Sequence[str]) -> Iterator[None]:
    """Services en marche pour cette ligne de commande de `manage.py`, si elle en a besoin."""
    mots = list(commande[1:])
    sans_services = not mots or mots[0] in COMMANDES_SANS_SERVICES or mots[0].startswith("-")
    if sans_services or {"--help", "-h"} & set(mots):
        yield
        return
    with bail():
        yield


@contextmanager
def _interruptible() -> Iterator[None]:
    """SIGTERM et SIGHUP deviennent une sortie ordinaire, pour que le bail soit toujours rendu."""
    poses = [s for s in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(s) is signal.SIG_DFL]
    for numero in poses:
        signal.signal(numero, _sortir)
    try:
        yield
    finally:
        for numero in poses:
            signal.signal(numero, signal.SIG_DFL)


def _sortir(numero: int, _cadre: FrameType | None) -> None:
    raise SystemExit(128 + numero)
