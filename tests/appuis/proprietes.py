"""Propriétés essayées au hasard : sur une machine chargée, être lent n’est pas une faute."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from hypothesis import HealthCheck, settings

sans_chrono = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Les personnages sont les mêmes d’un essai à l’autre ; ce qu’un essai écrit se défait
troupe_gardee = settings(
    sans_chrono,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@contextmanager
def defait() -> Iterator[None]:
    """Ce qui est écrit ici n’existe plus après : chaque essai part du même état."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
