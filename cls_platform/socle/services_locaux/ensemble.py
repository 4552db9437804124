"""PostgreSQL et Valkey ensemble, partagés par tous les processus d'un même dossier.

Chaque processus qui s'en sert tient un bail (verrou partagé) jusqu'à sa mort ; le dernier parti
éteint, sauf si les services ont été démarrés à demeure par `demarrer()`.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cls_platform.socle.services_locaux.emplacements import (
    Compte,
    Emplacement,
    compte_des_serveurs,
    preparer_dossier,
)
from cls_platform.socle.services_locaux.postgresql import PostgreSQL
from cls_platform.socle.services_locaux.valkey import Valkey

TOUS = frozenset({"postgresql", "valkey"})


@dataclass(frozen=True)
class ServicesDemarres:
    """Ce que cet appel a lancé lui-même ; faux pour ce qui tournait déjà."""

    postgresql: bool
    valkey: bool


class ServicesLocaux:
    """Le jeu de services d'un dossier. `jetable` : voir `PostgreSQL`."""

    def __init__(self, emplacement: Emplacement, *, jetable: bool = False) -> None:
        self.emplacement = emplacement
        self.jetable = jetable

    def demarrer(self, noms: frozenset[str] = TOUS) -> ServicesDemarres:
        """Démarre à demeure : rien ne les arrête que `arreter()`."""
        with self._seul():
            self._marque.touch()
            return self._lancer(noms)

    def arreter(self) -> None:
        if self.emplacement.dossier.exists():
            with self._seul():
                self._eteindre()

    def effacer(self) -> None:
        self.arreter()
        for dossier in (self.emplacement.sockets.parent, self.emplacement.dossier):
            shutil.rmtree(dossier, ignore_errors=True)

    def en_service(self, noms: frozenset[str] = TOUS) -> bool:
        if not self.emplacement.dossier.exists():
            return False
        return all(getattr(self, f"_{nom}")(Compte()).est_en_service() for nom in noms)

    @contextmanager
    def bail(self, noms: frozenset[str] = TOUS) -> Iterator[ServicesDemarres]:
        """Garde les services en marche le temps du bloc."""
        with self._seul():
            bail = self._ouvrir("baux")
            fcntl.flock(bail, fcntl.LOCK_SH)
            demarres = self._lancer(noms)
        try:
            yield demarres
        finally:
            with self._seul():
                self._rendre(bail)

    def _rendre(self, bail: IO[bytes]) -> None:
        """Éteint si ce bail était le dernier : seul le dernier peut devenir exclusif."""
        with bail:
            try:
                fcntl.flock(bail, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            if not self._marque.exists():
                self._eteindre()

    def _lancer(self, noms: frozenset[str]) -> ServicesDemarres:
        compte = compte_des_serveurs()
        preparer_dossier(self.emplacement.sockets.parent, compte, prive=False)
        preparer_dossier(self.emplacement.sockets, compte)
        return ServicesDemarres(
            postgresql="postgresql" in noms and self._postgresql(compte).demarrer(),
            valkey="valkey" in noms and self._valkey(compte).demarrer(),
        )

    def _eteindre(self) -> None:
        self._marque.unlink(missing_ok=True)
        self._valkey(Compte()).arreter()
        self._postgresql(Compte()).arreter()

    def _postgresql(self, compte: Compte) -> PostgreSQL:
        return PostgreSQL(self.emplacement, compte, self.jetable)

    def _valkey(self, compte: Compte) -> Valkey:
        return Valkey(self.emplacement, compte)

    @property
    def _marque(self) -> Path:
        return self.emplacement.dossier / "a-demeure"

    @contextmanager
    def _seul(self) -> Iterator[None]:
        """Deux processus ne démarrent ni n'arrêtent en même temps."""
        preparer_dossier(self.emplacement.dossier, Compte(), prive=False)
        with self._ouvrir("verrou") as verrou:
            fcntl.flock(verrou, fcntl.LOCK_EX)
            yield

    def _ouvrir(self, nom: str) -> IO[bytes]:
        descripteur = os.open(self.emplacement.dossier / nom, os.O_RDWR | os.O_CREAT, 0o600)
        return os.fdopen(descripteur, "r+b")
