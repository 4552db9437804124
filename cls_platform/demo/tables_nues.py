"""Remplir de grandes tables d’un coup : sans déclencheur, ni index, ni clé étrangère.

Tout revient à la fin, tel quel : la base relit chaque table une fois pour refaire ses index et
vérifier ses clés, au lieu de chercher ligne par ligne. Une clé qui manque fait échouer le tout.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

CLES = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname,
              pg_get_constraintdef(oid))
FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s::regclass[]) ORDER BY oid
"""
INDEX = """
SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
FROM pg_index WHERE NOT indisunique AND indrelid = ANY(%s::regclass[]) ORDER BY indexrelid
"""
# Le temps d’un chargement, qui a la machine pour lui
REGLAGES = {
    "statement_timeout": "0",
    "maintenance_work_mem": "256MB",
    "max_parallel_workers_per_gather": "2",
    "parallel_setup_cost": "0",
    "parallel_tuple_cost": "0",
}


@contextmanager
def tables_nues(curseur: Any, tables: Sequence[str]) -> Iterator[None]:
    """Dans la transaction de l’appelant."""
    for nom, valeur in REGLAGES.items():
        curseur.execute("SELECT set_config(%s, %s, true)", [nom, valeur])
    refaire = []
    for liste in (CLES, INDEX):
        curseur.execute(liste, [list(tables)])
        for defaire, remettre in curseur.fetchall():
            curseur.execute(defaire)
            refaire.append(remettre)
    _declencheurs(curseur, tables, "DISABLE")
    yield
    for remettre in reversed(refaire):
        curseur.execute(remettre)
    _declencheurs(curseur, tables, "ENABLE")


def _declencheurs(curseur: Any, tables: Sequence[str], geste: str) -> None:
    for table in tables:
        curseur.execute(f"ALTER TABLE {table} {geste} TRIGGER USER")
