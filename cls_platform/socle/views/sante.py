"""Sondes : vivant (le processus répond) et prêt (base, cache et dossier des fichiers)."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@login_not_required
@never_cache
@require_safe
def vivant(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"etat": "vivant"})


@login_not_required
@never_cache
@require_safe
def pret(request: HttpRequest) -> JsonResponse:
    """200 si la base et les fichiers répondent. Sans Redis, les pages servent encore : signalé."""
    etats: dict[str, Any] = {
        "base": _base(),
        "fichiers": settings.MEDIA_ROOT.is_dir(),
        "cache": _cache(),
    }
    return JsonResponse(etats, status=200 if etats["base"] and etats["fichiers"] else 503)


def _base() -> bool:
    try:
        with connection.cursor() as curseur:
            curseur.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _cache() -> bool:
    cache.set("sante", "1", 10)
    return bool(cache.get("sante") == "1")
