"""Plancher : COPY des mêmes colonnes, écrites à la main, sans garde contre les formules."""

from pathlib import Path
from typing import Any

SQL = """
COPY (
SELECT a.id, ct.nom, rg.nom, concat_ws('. ', x.numero, x.titre), concat_ws(' ', o.numero, o.titre),
  a.numero, a.titre,
  CASE WHEN a.date_fin < current_date AND a.statut IN ('A_VENIR', 'EN_COURS')
            AND NOT a.statut_est_impose THEN 'EN_RETARD' ELSE a.statut END,
  a.priorite, to_char(a.date_debut, 'DD/MM/YYYY'), to_char(a.date_fin, 'DD/MM/YYYY'),
  CASE WHEN a.statut = 'REALISEE' THEN 100 WHEN j.n > 0 THEN round(j.faits * 100.0 / j.n)
       WHEN a.statut = 'REALISEE_PARTIELLEMENT' THEN 50 ELSE 0 END,
  p.nom, acteurs.noms, themes.noms, publics.noms, a.resume_public, a.modifie_le::date,
  a.pilote_nom, a.contexte, a.description, a.resultats_attendus, couts.somme, ressources.somme
FROM contrats_action a JOIN contrats_contrat ct ON ct.id = a.contrat_id
JOIN acteurs_region rg ON rg.code = a.region_id
LEFT JOIN contrats_axe x ON x.id = a.axe_id LEFT JOIN contrats_objectif o ON o.id = a.objectif_id
LEFT JOIN acteurs_acteur p ON p.id = a.pilote_id
LEFT JOIN (SELECT action_id, count(*) AS n, count(fait_le) AS faits FROM contrats_jalon
           WHERE NOT est_abandonne GROUP BY 1) j ON j.action_id = a.id
LEFT JOIN (SELECT l.action_id, string_agg(n.nom, ' ; ' ORDER BY n.cle_tri) AS noms
           FROM contrats_actionacteur l JOIN acteurs_acteur n ON n.id = l.acteur_id GROUP BY 1
          ) acteurs ON acteurs.action_id = a.id
LEFT JOIN (SELECT l.action_id, string_agg(n.libelle, ' ; ' ORDER BY n.ordre) AS noms
           FROM contrats_action_themes l JOIN contrats_theme n ON n.code = l.theme_id GROUP BY 1
          ) themes ON themes.action_id = a.id
LEFT JOIN (SELECT l.action_id, string_agg(n.libelle, ' ; ' ORDER BY n.ordre) AS noms
           FROM contrats_action_populations l JOIN contrats_population n ON n.code = l.population_id
           GROUP BY 1) publics ON publics.action_id = a.id
LEFT JOIN (SELECT action_id, sum(coalesce(prevu, realise)) AS somme FROM contrats_lignebudget
           WHERE unite = 'EUROS' AND NOT est_valorisation GROUP BY 1) couts ON couts.action_id = a.id
LEFT JOIN (SELECT action_id, sum(coalesce(montant_accorde, montant_verse, montant_demande)) AS somme
           FROM contrats_financement WHERE statut <> 'REFUSE' GROUP BY 1
          ) ressources ON ressources.action_id = a.id
WHERE a.corbeille_le IS NULL
ORDER BY a.contrat_id, a.ordre, a.numero, a.id
) TO STDOUT (FORMAT csv, DELIMITER ';')
"""


def copier(curseur: Any, chemin: Path) -> None:
    with chemin.open("wb") as fichier, curseur.copy(SQL) as copie:
        for ligne in copie:
            fichier.write(ligne)
