"""Ce que « make demo » montre : chaque étape et sa durée.

N'emploie que la bibliothèque standard.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class ErreurDemo(Exception):
    """Une phrase en français, avec le remède."""


def dire(texte: str = "") -> None:
    sys.stdout.write(f"{texte}\n")
    sys.stdout.flush()


@contextmanager
def etape(titre: str) -> Iterator[None]:
    depart = time.monotonic()
    sys.stdout.write(f"  {titre} … ")
    sys.stdout.flush()
    try:
        yield
    except BaseException:
        dire("arrêt")
        raise
    dire(duree(time.monotonic() - depart))


def duree(secondes: float) -> str:
    return f"{secondes:.1f}\u00a0s".replace(".", ",")
