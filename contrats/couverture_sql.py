"""Les contrats qui comptent un jour donné : le SQL que partagent toutes les lectures datées.

La fin connue au jour d est celle d’avant la première prolongation qui n’est pas encore en vigueur ;
un contrat arrêté plus tôt finit plus tôt. Une prolongation est en vigueur quand elle est signée et
que sa date d’effet est passée. `couverture_periodes` dit la même règle pour toutes les dates à la
fois ; un test exige que les deux s’accordent.
"""

from datetime import date
from typing import Any

from contrats.etats import PHASES_EN_PROJET, Phase
from contrats.models import EtatAvenant

# Rend `engages` : id, dernier jour connu, est_signe
ENGAGES = """
reportees AS (
    SELECT DISTINCT ON (a.contrat_id) a.contrat_id, a.date_fin_avant AS fin
    FROM contrats_avenant a
    WHERE a.etat = %(etat_signe)s AND a.date_fin_apres IS NOT NULL
      AND greatest(a.date_signature, a.date_effet) > %(le)s
    ORDER BY a.contrat_id, greatest(a.date_signature, a.date_effet), a.numero
), ouverts AS (
    SELECT k.id, least(k.date_fin, r.fin) AS fin,
           coalesce(k.date_signature <= %(le)s
                    AND coalesce(k.date_debut, k.date_signature) <= %(le)s, false) AS est_signe
    FROM contrats_contrat k LEFT JOIN reportees r ON r.contrat_id = k.id
    WHERE (least(k.date_fin, r.fin) >= %(le)s) IS NOT FALSE
      AND NOT EXISTS (SELECT 1 FROM contrats_passagephase x WHERE x.contrat_id = k.id
                      AND x.vers = %(abandon)s AND x.date_effet <= %(le)s)
), engages AS (
    SELECT id, fin, true AS est_signe FROM ouverts WHERE est_signe
    UNION ALL
    SELECT o.id, o.fin, false FROM ouverts o JOIN (
        SELECT DISTINCT ON (contrat_id) contrat_id, vers FROM contrats_passagephase
        WHERE %(avec_projets)s AND date_effet <= %(le)s
        ORDER BY contrat_id, date_effet DESC, id DESC
    ) d ON d.contrat_id = o.id
    WHERE NOT o.est_signe AND d.vers = ANY(%(projets)s)
)"""

# Rend `presences` : commune_id, contrat_id, est_signe, dernier jour connu de la commune ; une ligne
# par commune et par contrat, même si le périmètre l’y compte deux fois
PRESENCES = """
presences AS (
    SELECT p.commune_id, p.contrat_id, e.est_signe,
           CASE WHEN bool_or(e.fin IS NULL AND p.date_sortie IS NULL) THEN NULL
                ELSE max(least(e.fin, p.date_sortie - 1)) END AS fin
    FROM contrats_perimetre p JOIN engages e ON e.id = p.contrat_id
    WHERE p.date_entree <= %(le)s AND (p.date_sortie IS NULL OR p.date_sortie > %(le)s)
    GROUP BY p.commune_id, p.contrat_id, e.est_signe
)"""

# Une commune close ne compte plus à partir de sa date de fin
EXISTE = "(c.date_fin IS NULL OR c.date_fin > %(le)s)"

COLONNES_DE_LIEU = {
    "region": "c.region_id",
    "departement": "c.departement_id",
    "epci": "c.epci_id",
    "commune": "c.code",
}


def parametres(le: date, *, avec_projets: bool) -> dict[str, Any]:
    return {
        "le": le,
        "avec_projets": avec_projets,
        "etat_signe": EtatAvenant.SIGNE.value,
        "abandon": Phase.ABANDONNE.value,
        "projets": [phase.value for phase in PHASES_EN_PROJET],
    }


def filtre_de_lieu(lieu: dict[str, str | None]) -> tuple[str, dict[str, str]]:
    """La condition sur la commune `c` et ses paramètres ; un lieu à None ne filtre pas."""
    codes = {nom: code for nom, code in lieu.items() if code}
    conditions = [f"{COLONNES_DE_LIEU[nom]} = %({nom})s" for nom in codes]
    return "".join(f" AND {condition}" for condition in conditions), codes
