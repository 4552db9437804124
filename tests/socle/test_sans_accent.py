"""La fonction SQL `sans_accent` : la même réponse qu’avant."""

import importlib

import pytest
from django.db import connection

PREMIERE = importlib.import_module("cls_platform.socle.migrations.0001_fonctions_sql")


def sans_accent(texte: str) -> str:
    with connection.cursor() as curseur:
        curseur.execute("SELECT sans_accent(%s::text)", [texte])
        return str(curseur.fetchone()[0])


def test_chaque_lettre_de_l_ancienne_liste_donne_la_meme_lettre(db):
    assert sans_accent(PREMIERE.ACCENTUEES) == PREMIERE.SIMPLES


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("Œuvre Æquo Straße", "oeuvre aequo strasse"),
        ("e\u0301te\u0301", "ete"),
        ("L’Été, à Saint-Ouen !", "l’ete, a saint-ouen !"),
        ("🚑 ok", "🚑 ok"),
    ],
)
def test_ligatures_accents_detaches_et_ponctuation(db, texte, attendu):
    assert sans_accent(texte) == attendu
