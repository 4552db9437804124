"""Les tests d’un dossier portent une marque et se suivent dans un même processus."""

from pathlib import Path

import pytest


def marquer(items: list[pytest.Item], dossier: Path, nom: str) -> None:
    for item in items:
        if dossier in item.path.parents:
            item.add_marker(nom)
            item.add_marker(pytest.mark.xdist_group(nom))
