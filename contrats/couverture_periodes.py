"""Quand chaque contrat compte : la règle de `couverture_sql`, pour toutes les dates à la fois.

Rend `periodes` : contrat_id, est_signe, premier jour, premier jour où il ne compte plus. La fin
connue change à chaque prolongation : entre deux, le contrat a pu finir, puis reprendre quand une
prolongation tardive est entrée en vigueur.
"""

from typing import Any

from contrats.etats import PHASES_EN_PROJET, Phase
from contrats.models import EtatAvenant

PERIODES = """
prolongations AS (
    SELECT contrat_id, greatest(date_signature, date_effet) AS vigueur, date_fin_avant AS fin,
           coalesce(lag(greatest(date_signature, date_effet)) OVER dans_l_ordre,
                    '-infinity'::date) AS precedente
    FROM contrats_avenant WHERE etat = %(etat_signe)s AND date_fin_apres IS NOT NULL
    WINDOW dans_l_ordre AS (
        PARTITION BY contrat_id ORDER BY greatest(date_signature, date_effet), numero
    )
), fins AS (
    SELECT contrat_id, precedente AS de, vigueur AS a, fin FROM prolongations
    UNION ALL
    SELECT k.id, coalesce(max(p.vigueur), '-infinity'::date), 'infinity'::date, NULL::date
    FROM contrats_contrat k LEFT JOIN prolongations p ON p.contrat_id = k.id GROUP BY k.id
), ouvertures AS (
    SELECT k.id AS contrat_id, k.date_signature,
           coalesce(k.date_debut, k.date_signature) AS debut, f.de,
           least(f.a, least(k.date_fin, f.fin) + 1, x.le) AS a
    FROM contrats_contrat k JOIN fins f ON f.contrat_id = k.id
    LEFT JOIN (SELECT contrat_id, min(date_effet) AS le FROM contrats_passagephase
               WHERE vers = %(abandon)s GROUP BY contrat_id) x ON x.contrat_id = k.id
), phases AS (
    SELECT contrat_id, vers, date_effet AS de,
           lead(date_effet, 1, 'infinity'::date) OVER (
               PARTITION BY contrat_id ORDER BY date_effet, id) AS a
    FROM contrats_passagephase
), periodes AS (
    SELECT contrat_id, true AS est_signe, greatest(de, date_signature, debut) AS de, a
    FROM ouvertures WHERE greatest(de, date_signature, debut) < a AND date_signature IS NOT NULL
    UNION ALL
    SELECT o.contrat_id, false, greatest(o.de, p.de), least(o.a, p.a)
    FROM ouvertures o JOIN phases p ON p.contrat_id = o.contrat_id
    WHERE p.vers = ANY(%(projets)s) AND greatest(o.de, p.de) < least(o.a, p.a)
)"""


def parametres() -> dict[str, Any]:
    return {
        "etat_signe": EtatAvenant.SIGNE.value,
        "abandon": Phase.ABANDONNE.value,
        "projets": [phase.value for phase in PHASES_EN_PROJET],
    }
