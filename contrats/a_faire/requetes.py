"""Le SQL de la liste de travail : les contrats ouverts, les territoires sans contrat."""

# Le périmètre du jour, chaque commune une fois ; ce qui a été écrit, où que ce soit dans le contrat
CONTRATS = """
WITH choisis AS (
    SELECT k.* FROM contrats_contrat k WHERE k.id = ANY(%(contrats)s)
), presences AS (
    SELECT DISTINCT p.contrat_id, p.commune_id FROM contrats_perimetre p
    WHERE p.contrat_id = ANY(%(contrats)s)
      AND p.date_entree <= %(le)s AND (p.date_sortie IS NULL OR p.date_sortie > %(le)s)
), par_departement AS (
    SELECT p.contrat_id, c.departement_id, count(*) AS communes,
           coalesce(sum(c.population), 0) AS habitants
    FROM presences p JOIN acteurs_commune c ON c.code = p.commune_id
    WHERE c.date_fin IS NULL OR c.date_fin > %(le)s GROUP BY 1, 2
), lieux AS (
    SELECT contrat_id, sum(communes) AS communes, sum(habitants) AS habitants,
           array_agg(departement_id ORDER BY habitants DESC, departement_id) AS departements
    FROM par_departement GROUP BY 1
), equipes AS (
    SELECT p.contrat_id, count(DISTINCT p.utilisateur_id) AS coordinateurs
    FROM contrats_participation p JOIN acteurs_utilisateur u ON u.id = p.utilisateur_id
    WHERE p.contrat_id = ANY(%(contrats)s) AND p.role = %(coordinateur)s AND u.is_active
    GROUP BY 1
), signatures AS (
    SELECT contrat_id, count(*) AS signataires,
           count(*) FILTER (WHERE date_signature IS NULL) AS sans_signature,
           count(*) FILTER (WHERE date_signature IS NULL AND date_deliberation IS NULL)
               AS sans_deliberation
    FROM contrats_partie
    WHERE contrat_id = ANY(%(contrats)s) AND role = ANY(%(signataires)s) GROUP BY 1
), fiches AS (
    SELECT id, contrat_id, modifie_le FROM contrats_action WHERE contrat_id = ANY(%(contrats)s)
), ecrits AS (
    SELECT contrat_id, max(le) AS le FROM (
        SELECT contrat_id, modifie_le AS le FROM fiches
        UNION ALL SELECT f.contrat_id, j.modifie_le
                  FROM contrats_jalon j JOIN fiches f ON f.id = j.action_id
        UNION ALL SELECT f.contrat_id, n.modifie_le
                  FROM contrats_notesuivi n JOIN fiches f ON f.id = n.action_id
        UNION ALL SELECT contrat_id, modifie_le FROM contrats_partie
                  WHERE contrat_id = ANY(%(contrats)s)
        UNION ALL SELECT contrat_id, fait_le FROM contrats_passagephase
                  WHERE contrat_id = ANY(%(contrats)s)
        UNION ALL SELECT s.contrat_id, n.cree_le FROM contrats_noteterritoire n
                  JOIN contrats_suiviterritoire s ON s.id = n.suivi_id
                  WHERE s.contrat_id = ANY(%(contrats)s)
    ) tout GROUP BY 1
), phases AS (
    SELECT x.contrat_id, max(x.date_effet) AS depuis
    FROM contrats_passagephase x JOIN choisis k ON k.id = x.contrat_id AND x.vers = k.phase
    GROUP BY 1
)
SELECT k.id, k.nom, k.cle_tri, k.region_id, k.est_demonstration, k.phase, k.date_signature,
       k.date_debut, k.date_fin, phases.depuis,
       coalesce(lieux.habitants, 0)::bigint, coalesce(lieux.communes, 0)::bigint,
       lieux.departements, coalesce(equipes.coordinateurs, 0),
       coalesce(s.signataires, 0), coalesce(s.sans_signature, 0), coalesce(s.sans_deliberation, 0),
       greatest(k.modifie_le, ecrits.le),
       EXISTS (SELECT 1 FROM contrats_contrat n
               WHERE n.contrat_precedent_id = k.id AND n.phase <> ALL(%(terminees)s))
FROM choisis k
LEFT JOIN lieux ON lieux.contrat_id = k.id
LEFT JOIN equipes ON equipes.contrat_id = k.id
LEFT JOIN signatures s ON s.contrat_id = k.id
LEFT JOIN ecrits ON ecrits.contrat_id = k.id
LEFT JOIN phases ON phases.contrat_id = k.id
ORDER BY k.cle_tri, k.id
"""

# `attentes` : un contrat ouvert que la couverture ne compte pas (échu, ou à signer) occupe déjà le
# territoire ; sa ligne le dit, le territoire n’en a pas une seconde. Rend les communes d’`etats`.
TERRITOIRES = """
, dominants AS (
    SELECT DISTINCT ON (epci_id, region_id) epci_id, region_id, etat FROM etats
    WHERE epci_id IS NOT NULL GROUP BY epci_id, region_id, etat
    ORDER BY epci_id, region_id, coalesce(sum(population), 0) DESC, count(*) DESC, etat
), blancs AS (
    SELECT e.* FROM etats e JOIN dominants d USING (epci_id, region_id) WHERE d.etat = 'AUCUN'
), attentes AS (
    SELECT DISTINCT b.epci_id, b.region_id FROM blancs b
    JOIN contrats_perimetre p ON p.commune_id = b.code AND p.date_entree <= %(le)s
                             AND (p.date_sortie IS NULL OR p.date_sortie > %(le)s)
    JOIN contrats_contrat k ON k.id = p.contrat_id AND k.phase <> ALL(%(terminees)s)
    WHERE NOT EXISTS (SELECT 1 FROM engages g WHERE g.id = k.id)
), precedents AS (
    SELECT b.epci_id, b.region_id, max(k.date_fin) AS fin FROM blancs b
    JOIN contrats_perimetre p ON p.commune_id = b.code
    JOIN contrats_contrat k ON k.id = p.contrat_id
    WHERE k.date_signature IS NOT NULL AND k.date_fin < %(le)s GROUP BY 1, 2
), par_departement AS (
    SELECT epci_id, region_id, departement_id, count(*) AS communes,
           count(*) FILTER (WHERE signes + projets > 0) AS couvertes,
           coalesce(sum(population), 0) AS habitants
    FROM blancs GROUP BY 1, 2, 3
)
SELECT d.epci_id, i.nom_court, i.cle_tri, d.region_id, sum(d.habitants)::bigint,
       sum(d.communes)::bigint, sum(d.couvertes)::bigint,
       array_agg(d.departement_id ORDER BY d.habitants DESC, d.departement_id), x.fin
FROM par_departement d JOIN acteurs_epci i ON i.siren = d.epci_id
LEFT JOIN precedents x ON x.epci_id = d.epci_id AND x.region_id = d.region_id
WHERE NOT EXISTS (SELECT 1 FROM attentes a
                  WHERE a.epci_id = d.epci_id AND a.region_id = d.region_id)
GROUP BY d.epci_id, i.nom_court, i.cle_tri, d.region_id, x.fin
ORDER BY i.cle_tri, d.epci_id, d.region_id
"""
