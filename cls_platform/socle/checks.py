"""Contrôles au démarrage : la charte de l’opérateur doit rester lisible."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from cls_platform.socle import theme


def accent_lisible(**_contexte: Any) -> list[CheckMessage]:
    """Refuse un accent sous 7:1 sur le papier, ou à moins de 30° d’une couleur d’état."""
    return [
        Error(raison, hint="Corrigez le réglage CLS_ACCENT.", id="socle.E001")
        for raison in theme.defauts(settings.CLS_ACCENT)
    ]
