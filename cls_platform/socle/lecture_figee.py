"""Lire plusieurs choses au même instant, quoi qu’on écrive pendant ce temps."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def un_seul_moment() -> Iterator[None]:
    """Tout ce qui se lit dedans est d’un même instant de la base (REPEATABLE READ).

    Dans une transaction déjà ouverte, c’est elle qui décide : le niveau ne se change plus.
    """
    deja_ouverte = connection.in_atomic_block
    with transaction.atomic():
        if not deja_ouverte:
            with connection.cursor() as curseur:
                curseur.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
