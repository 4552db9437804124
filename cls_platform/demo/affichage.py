"""Ce que « make demo » montre : chaque étape et sa durée.

N'emploie que la bibliothèque standard.
"""

import io
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

LARGEUR = 60
# Séquences de terminal : mémoriser la position et effacer la suite de la ligne, puis y revenir.
GARDER, REVENIR, EFFACER = "\x1b7\x1b[K", "\x1b8", "\x1b[K"


class ErreurDemo(Exception):
    """Une phrase en français, avec le remède."""


def dire(texte: str = "") -> None:
    sys.stdout.write(f"{texte}\n")
    sys.stdout.flush()


class Progression(io.StringIO):
    """Garde ce qu'une commande écrit ; un terminal n'en montre que la ligne en cours."""

    def write(self, texte: str) -> int:
        if sys.stdout.isatty() and texte.strip():
            sys.stdout.write(f"{GARDER}{texte.strip().splitlines()[-1][:LARGEUR]}{REVENIR}")
            sys.stdout.flush()
        return super().write(texte)


@contextmanager
def etape(titre: str) -> Iterator[None]:
    depart = time.monotonic()
    sys.stdout.write(f"  {titre} … ")
    sys.stdout.flush()
    try:
        yield
    except BaseException:
        terminer("arrêt")
        raise
    terminer(duree(time.monotonic() - depart))


def terminer(texte: str) -> None:
    dire(f"{EFFACER if sys.stdout.isatty() else ''}{texte}")


def duree(secondes: float) -> str:
    return f"{secondes:.1f}\u00a0s".replace(".", ",")
