"""Écrire en endormant des déclencheurs, le temps d’un bloc, dans la transaction de l’appelant."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

_ENDORMIR = "SELECT set_config('pgtrigger.ignore', %s, true)"


@contextmanager
def sans_declencheurs(lesquels: Mapping[Any, Sequence[str]]) -> Iterator[None]:
    """`lesquels` : par modèle, des noms de déclencheurs. Une erreur défait aussi le réglage."""
    noms = [
        declencheur.get_pgid(modele)
        for modele, choisis in lesquels.items()
        for declencheur in modele._meta.triggers
        if declencheur.name in choisis
    ]
    with connection.cursor() as curseur:
        curseur.execute(_ENDORMIR, [f"{{{','.join(noms)}}}"])
        yield
        curseur.execute(_ENDORMIR, ["{}"])
