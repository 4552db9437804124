"""Les tests d’un dossier portent une marque ; un groupe se suit dans un même processus."""

from pathlib import Path
from typing import Any
from zlib import crc32

import pytest


def marquer(items: list[Any], dossier: Path, nom: str, files: int = 0) -> None:
    """`files` : en combien de groupes se partagent les routes visitées ; chaque fichier en fait un.

    Sans `files`, tout le dossier ne fait qu’un groupe.
    """
    for item in items:
        if dossier in item.path.parents:
            item.add_marker(nom)
            item.add_marker(pytest.mark.xdist_group(_groupe(item, nom, files)))


def _groupe(item: Any, nom: str, files: int) -> str:
    """Les visites d’une même route restent ensemble : elles se comparent."""
    if not files:
        return nom
    route = getattr(item, "callspec", None) and item.callspec.params.get("route")
    return f"{nom}-{crc32(route.encode()) % files if route else item.path.stem}"
