"""Plancher : la page de 100 actions et leur nombre, en une requête préparée qui écrit son JSON.

Les mêmes lignes, les mêmes clés et les mêmes valeurs que l’API, pour une visite anonyme.
"""

from typing import Any

SQL = """
WITH choisies AS MATERIALIZED (
    SELECT a.id, a.contrat_id, a.ordre, a.numero
    FROM contrats_action a JOIN contrats_contrat c ON c.id = a.contrat_id
    WHERE a.region_id = %(region)s AND a.statut = 'REALISEE' AND a.est_publique AND c.est_public
      AND NOT a.est_restreinte AND a.corbeille_le IS NULL
), page AS (
    SELECT id FROM choisies ORDER BY contrat_id, ordre, numero, id LIMIT 100
)
SELECT json_build_object(
  'count', (SELECT count(*) FROM choisies),
  'results', (SELECT json_agg(json_build_object(
    'id', a.id, 'contrat', a.contrat_id, 'axe', a.axe_id, 'objectif', a.objectif_id,
    'numero', a.numero, 'titre', a.titre, 'resume_public', a.resume_public,
    'contexte', NULL, 'description', NULL, 'resultats_attendus', NULL,
    'statut', a.statut, 'statut_affiche', a.statut, 'statut_public', 'Terminée',
    'statut_raison', NULL, 'statut_est_impose', a.statut_est_impose,
    'date_debut', a.date_debut, 'date_fin', a.date_fin,
    'avancement', 1.0, 'nombre_jalons', j.nombre, 'jalons_faits', j.faits,
    'pilote', a.pilote_id, 'pilote_nom', p.nom,
    'pilote_personne', NULL, 'pilote_personne_nom', NULL,
    'est_publique', a.est_publique, 'ordre', a.ordre, 'version', a.version,
    'modifie_le', a.modifie_le,
    'themes', (SELECT coalesce(json_agg(t.theme_id ORDER BY t.theme_id), '[]')
               FROM contrats_action_themes t WHERE t.action_id = a.id),
    'populations', (SELECT coalesce(json_agg(u.population_id ORDER BY u.population_id), '[]')
                    FROM contrats_action_populations u WHERE u.action_id = a.id),
    'acteurs', (SELECT coalesce(json_agg(
                  json_build_object('acteur', l.acteur_id, 'nom', o.nom, 'role', l.role)
                  ORDER BY o.cle_tri, l.acteur_id, l.role), '[]')
                FROM contrats_actionacteur l JOIN acteurs_acteur o ON o.id = l.acteur_id
                WHERE l.action_id = a.id)
    ) ORDER BY a.contrat_id, a.ordre, a.numero, a.id)
    FROM page JOIN contrats_action a USING (id)
    LEFT JOIN acteurs_acteur p ON p.id = a.pilote_id
    CROSS JOIN LATERAL (SELECT count(*) AS nombre, count(fait_le) AS faits
                        FROM contrats_jalon
                        WHERE action_id = a.id AND NOT est_abandonne) j)
)::text
"""


def page(curseur: Any, region: str) -> str:
    curseur.execute(SQL, {"region": region}, prepare=True)
    return str(curseur.fetchone()[0])
