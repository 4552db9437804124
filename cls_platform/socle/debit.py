"""Tant de demandes par période : un compteur par fenêtre fixe ; sans Redis, rien n’est compté."""

import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

UNITES = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def taux(texte: str) -> tuple[int, int]:
    """« 600/min » : 600 demandes par 60 secondes."""
    nombre, periode = texte.split("/")
    return int(nombre), UNITES[periode[0]]


def attente(cle: str, texte: str) -> float:
    """Compte une demande ; rend 0 si elle passe, sinon les secondes à attendre."""
    limite, duree = taux(texte)
    fenetre, ecoule = divmod(time.time(), duree)
    depasse = compter(f"debit:{cle}:{int(fenetre)}", duree) > limite
    return duree - ecoule if depasse else 0


def compter(cle: str, duree: int) -> int:
    """Un aller-retour, deux à l’ouverture d’une fenêtre ; 0 quand Redis ne répond pas.

    Incrémenté d’un coup : deux processus comptent juste.
    """
    try:
        return cache.incr(cle) or 0
    except ValueError:  # la fenêtre s’ouvre
        return _ouvrir(cle, duree)


def _ouvrir(cle: str, duree: int) -> int:
    """Un autre processus a pu l’ouvrir entre-temps : `add` le dit, et l’on compte après lui."""
    if cache.add(cle, 1, timeout=duree + 1):
        return 1
    try:
        return cache.incr(cle) or 0
    except ValueError:
        return 0


def adresse_de(request: HttpRequest) -> str:
    """L’adresse de qui demande, derrière les mandataires que l’on a déclarés."""
    api: dict[str, Any] = settings.REST_FRAMEWORK
    mandataires = int(api["NUM_PROXIES"])
    annoncees = request.META.get("HTTP_X_FORWARDED_FOR", "")
    directe = str(request.META.get("REMOTE_ADDR", ""))
    if not mandataires or not annoncees:
        return directe
    adresses = annoncees.split(",")
    return adresses[-min(mandataires, len(adresses))].strip()
