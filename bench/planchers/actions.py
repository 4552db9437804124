"""Plancher : une page de 100 actions, en une requête préparée qui écrit elle-même son JSON."""

from typing import Any

SQL = """
WITH page AS (
    SELECT a.id FROM contrats_action a
    WHERE a.contrat_id IN (SELECT id FROM contrats_contrat WHERE region_id = %(region)s AND est_public)
      AND a.est_publique AND a.statut = 'REALISEE'
    ORDER BY a.contrat_id, a.ordre, a.numero, a.id LIMIT 100
)
SELECT json_agg(json_build_object(
    'id', a.id, 'numero', a.numero, 'titre', a.titre, 'resume_public', a.resume_public,
    'statut', a.statut, 'date_debut', a.date_debut, 'date_fin', a.date_fin,
    'contrat', a.contrat_id, 'axe', a.axe_id, 'pilote', a.pilote_id,
    'themes', (SELECT json_agg(t.theme_id ORDER BY t.theme_id) FROM contrats_action_themes t
               WHERE t.action_id = a.id),
    'acteurs', (SELECT json_agg(json_build_object('acteur', l.acteur_id, 'nom', o.nom, 'role', l.role))
                FROM contrats_actionacteur l JOIN acteurs_acteur o ON o.id = l.acteur_id
                WHERE l.action_id = a.id))
  )::text
FROM page JOIN contrats_action a USING (id)
"""


def page(curseur: Any, region: str) -> str:
    curseur.execute(SQL, {"region": region}, prepare=True)
    return str(curseur.fetchone()[0])
