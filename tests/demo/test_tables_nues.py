"""Charger sans index ni clé : tout revient tel quel, et une clé fausse fait échouer le tout."""

import pytest
from django.db import IntegrityError, connection, transaction

from cls_platform.demo.tables_nues import tables_nues

TABLES = ("indicateurs_indicateur", "indicateurs_mesure")
ETAT = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = ANY(%(t)s::regclass[])
UNION ALL SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY(%(t)s::regclass[])
UNION ALL SELECT tgname, tgenabled::text FROM pg_trigger
WHERE NOT tgisinternal AND tgrelid = ANY(%(t)s::regclass[])
"""


def etat(curseur):
    curseur.execute(ETAT, {"t": list(TABLES)})
    return sorted(curseur.fetchall())


def test_cles_index_et_declencheurs_reviennent(db):
    with connection.cursor() as curseur:
        avant = etat(curseur)
        with tables_nues(curseur, TABLES):
            assert len(etat(curseur)) < len(avant)
        assert etat(curseur) == avant


def charger_une_orpheline():
    with connection.cursor() as curseur, tables_nues(curseur, TABLES):
        curseur.execute(
            "INSERT INTO indicateurs_mesure (id, version, cree_le, modifie_le, modifie_via,"
            " indicateur_id, periode_debut, periode_fin, valeur, qualite, source, commentaire)"
            " VALUES (gen_random_uuid(), 1, now(), now(), 'essai', gen_random_uuid(),"
            " '2025-01-01', '2025-03-31', 1, 'DEFINITIVE', '', '')"
        )


def test_une_cle_qui_manque_fait_tout_echouer(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        charger_une_orpheline()
