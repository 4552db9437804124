"""Faire se suivre deux écritures qui, en même temps, créeraient deux fois la même chose."""

from django.db import connection


def a_la_suite(cle: str) -> None:
    """Attend que la transaction qui tient cette clé finisse, puis la tient jusqu’à la fin de
    celle-ci. À appeler dans une transaction."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [cle])
