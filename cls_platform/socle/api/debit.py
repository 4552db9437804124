"""Tant de demandes à l’API par période et par appelant."""

import time
from typing import Any

from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle

from cls_platform.socle.debit import compter, taux


class DebitParAppelant(BaseThrottle):
    """Un outil est compté par son jeton, une personne par son compte, le reste par son adresse."""

    def allow_request(self, request: Request, view: Any) -> bool:
        limite, duree = taux(str(api_settings.DEFAULT_THROTTLE_RATES["api"]))
        fenetre, ecoule = divmod(time.time(), duree)
        self.attente = duree - ecoule
        return compter(f"debit:{self._appelant(request)}:{int(fenetre)}", duree) <= limite

    def wait(self) -> float:
        return self.attente

    def _appelant(self, request: Request) -> str:
        if request.auth is not None:
            return f"jeton:{request.auth.pk}"
        if request.user.is_authenticated:
            return f"compte:{request.user.pk}"
        return f"adresse:{self.get_ident(request)}"
