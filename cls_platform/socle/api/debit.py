"""Tant de demandes par période et par appelant ; sans Redis, l’API répond sans compter."""

import time
from typing import Any

from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle

UNITES = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def taux(texte: str) -> tuple[int, int]:
    """« 600/min » : 600 demandes par 60 secondes."""
    nombre, periode = texte.split("/")
    return int(nombre), UNITES[periode[0]]


class DebitParAppelant(BaseThrottle):
    """Un compteur par fenêtre fixe, incrémenté d’un coup : deux processus comptent juste.

    Un outil est compté par son jeton, une personne par son compte, le reste par son adresse.
    """

    def allow_request(self, request: Request, view: Any) -> bool:
        self.limite, self.duree = taux(str(api_settings.DEFAULT_THROTTLE_RATES["api"]))
        fenetre, ecoule = divmod(time.time(), self.duree)
        self.attente = self.duree - ecoule
        return self._compter(f"debit:{self._appelant(request)}:{int(fenetre)}") <= self.limite

    def wait(self) -> float:
        return self.attente

    def _appelant(self, request: Request) -> str:
        if request.auth is not None:
            return f"jeton:{request.auth.pk}"
        if request.user.is_authenticated:
            return f"compte:{request.user.pk}"
        return f"adresse:{self.get_ident(request)}"

    def _compter(self, cle: str) -> int:
        """Un aller-retour, deux à l’ouverture d’une fenêtre ; 0 quand Redis ne répond pas."""
        try:
            return cache.incr(cle) or 0
        except ValueError:  # la fenêtre s’ouvre
            return self._ouvrir(cle)

    def _ouvrir(self, cle: str) -> int:
        """Un autre processus a pu l’ouvrir entre-temps : `add` le dit, et l’on compte après lui."""
        if cache.add(cle, 1, timeout=self.duree + 1):
            return 1
        try:
            return cache.incr(cle) or 0
        except ValueError:
            return 0
