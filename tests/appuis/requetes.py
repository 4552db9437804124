"""Compter les requêtes SQL : leur nombre ne dépend pas du nombre de lignes."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

PEU, BEAUCOUP = 3, 30
POINTS = re.compile(r"^(SAVEPOINT|RELEASE|ROLLBACK TO)")


def nombre_requetes(lire: Callable[[], Any]) -> int:
    return len(requetes_de(lire))


def requetes_de(lire: Callable[[], Any]) -> list[str]:
    with CaptureQueriesContext(connection) as capture:
        lire()
    return [r["sql"] for r in capture.captured_queries if not POINTS.match(r["sql"])]


def exiger_requetes_plates(*, peupler: Callable[[int], Any], lire: Callable[[], Any]) -> int:
    """`peupler(n)` ajoute n lignes ; `lire()` demande la page. Rend le nombre de requêtes.

    Le premier appel chauffe ce qui se calcule une fois (gabarits, caches).
    """
    peupler(PEU)
    lire()
    peu = requetes_de(lire)
    peupler(BEAUCOUP - PEU)
    beaucoup = requetes_de(lire)
    en_plus = Counter(map(forme, beaucoup)) - Counter(map(forme, peu))
    assert len(beaucoup) <= len(peu), (
        f"{len(peu)} requêtes pour {PEU} lignes, {len(beaucoup)} pour {BEAUCOUP}. En plus :\n"
        + "\n".join(f"{n} × {sql[:300]}" for sql, n in en_plus.most_common(5))
    )
    return len(beaucoup)


def forme(sql: str) -> str:
    """La requête sans ses valeurs, pour reconnaître celle qui se répète."""
    return re.sub(r"'[^']*'|\b\d+\b", "?", sql)
