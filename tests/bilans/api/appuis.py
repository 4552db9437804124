"""Envoyer un corps JSON à l’API, avec ou sans version."""

from typing import Any

from django.test import Client

from tests.appuis.api import JSON, RACINE


def envoyer(client: Client, methode: str, chemin: str, corps: Any, si: str = "") -> Any:
    entetes = {"If-Match": si} if si else {}
    appel = getattr(client, methode)
    return appel(f"{RACINE}{chemin}", corps, content_type=JSON, headers=entetes)


def version(client: Client, chemin: str) -> str:
    """L’ETag de l’objet tel qu’il est maintenant."""
    return client.get(RACINE + chemin)["ETag"]
