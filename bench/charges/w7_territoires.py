"""W7 : recharger les territoires sans changement, face au premier chargement des communes."""

import time

from django.core.management import call_command
from django.db import connection, transaction

from bench.mesure import Rapport, mesurer


class Annuler(Exception):
    """Rien de ce que le plancher écrit n’est gardé."""


def copier_les_communes() -> None:
    """Plancher : COPY des mêmes lignes dans une table qui a les mêmes index et les mêmes clés."""
    with connection.cursor() as curseur, transaction.atomic():
        curseur.execute(
            "CREATE TEMP TABLE IF NOT EXISTS w7_sortie (LIKE acteurs_commune INCLUDING ALL)"
        )
        curseur.execute("TRUNCATE w7_sortie")
        colonnes = colonnes_ecrites(curseur)
        lignes = b""
        with curseur.copy(f"COPY acteurs_commune ({colonnes}) TO STDOUT") as sortie:
            lignes = b"".join(bytes(morceau) for morceau in sortie)
        with curseur.copy(f"COPY w7_sortie ({colonnes}) FROM STDIN") as entree:
            entree.write(lignes)


def colonnes_ecrites(curseur: object) -> str:
    curseur.execute(  # type: ignore[attr-defined]  # curseur de Django, typé par psycopg
        "SELECT string_agg(column_name, ', ' ORDER BY ordinal_position) FROM information_schema.columns"
        " WHERE table_name = 'acteurs_commune' AND is_generated = 'NEVER'"
    )
    return str(curseur.fetchone()[0])  # type: ignore[attr-defined]  # curseur de Django, typé par psycopg


def recharger() -> None:
    call_command("charger_territoires", verbosity=0)


def courir(tours: int) -> list[Rapport]:
    debut = time.perf_counter()
    recharger()
    print(f"charger_territoires, rien de changé : {time.perf_counter() - debut:.2f} s")
    return [
        mesurer(
            "w7_reimport_vs_copy",
            recharger,
            copier_les_communes,
            cible=1.2,
            tours=min(tours, 5),
            repetitions=1,
        )
    ]
