"""Le plancher d’un lot : le même UPDATE et les mêmes INSERT, sans règle, sans aperçu, sans reprise."""

from typing import Any
from uuid import UUID

VERROUS = "SELECT id, statut FROM contrats_action WHERE id = ANY(%s) ORDER BY id FOR UPDATE"
PASSAGES = """
INSERT INTO contrats_passagestatut (id, action_id, de, vers, le, par_id, raison)
SELECT gen_random_uuid(), id, statut, %s, now(), %s, %s FROM contrats_action WHERE id = ANY(%s)
"""
FICHES = """
UPDATE contrats_action SET statut = %s, statut_raison = %s, statut_est_impose = false,
    date_fin = (date_fin + interval '6 months')::date, version = version + 1, modifie_le = now(),
    modifie_par_id = %s, modifie_via = 'page'
WHERE id = ANY(%s)
"""
THEMES = """
INSERT INTO contrats_action_themes (action_id, theme_id) SELECT unnest(%s::uuid[]), %s
ON CONFLICT DO NOTHING
"""


def ecrire(
    curseur: Any, fiches: list[UUID], par: UUID, *, statut: str, raison: str, theme: str
) -> None:
    curseur.execute(VERROUS, [fiches])
    curseur.fetchall()
    curseur.execute(PASSAGES, [statut, par, raison, fiches])
    curseur.execute(FICHES, [statut, raison, par, fiches])
    curseur.execute(THEMES, [fiches, theme])
