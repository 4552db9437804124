"""Plancher : compter les fiches qui portent un mot, sans les classer, par le même index."""

from typing import Any

COMPTE = """
SELECT count(*) FROM contrats_rechercheaction
WHERE internes @@ plainto_tsquery('french', %s)
"""
# Les mots de l’index, du plus courant au plus rare
MOTS = """
SELECT word, ndoc FROM ts_stat('SELECT internes FROM contrats_rechercheaction TABLESAMPLE SYSTEM (5)')
WHERE word ~ '^[a-z]{5,}$' ORDER BY ndoc DESC, word
"""


def compter(curseur: Any, mot: str) -> int:
    curseur.execute(COMPTE, [mot], prepare=True)
    return int(curseur.fetchone()[0])


def mots(curseur: Any) -> list[tuple[str, int]]:
    curseur.execute(MOTS)
    return list(curseur.fetchall())
