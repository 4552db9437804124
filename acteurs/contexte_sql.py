"""Les deux requêtes des données de contexte : ce qui est publié, et ce qui se réunit."""

from acteurs.models import NiveauTerritoire

_DIRECTES = """
SELECT DISTINCT ON (e.indicateur_id, d.code_territoire{par_annee})
       e.indicateur_id, d.code_territoire, e.annee, e.source,
       d.valeur, d.numerateur, d.denominateur, d.qualite
FROM acteurs_donneecontexte d JOIN acteurs_editiondonnees e ON e.id = d.edition_id
WHERE e.indicateur_id = ANY(%(indicateurs)s) AND e.niveau = %(niveau)s
  AND d.code_territoire = ANY(%(codes)s)
  AND (%(annee)s::int IS NULL OR e.annee = %(annee)s)
ORDER BY e.indicateur_id, d.code_territoire, e.annee DESC, e.region_id NULLS LAST, e.charge_le DESC
"""
DIRECTES = _DIRECTES.format(par_annee="")
CHAQUE_ANNEE = _DIRECTES.format(par_annee=", e.annee")

_COMMUNES = "SELECT 'commune' AS niveau, c.code, {groupe} AS territoire FROM acteurs_commune c"
_DEPARTEMENTS = "SELECT 'departement', d.code, {groupe} FROM acteurs_departement d"
_REGIONS = "SELECT 'region', r.code, 'FR'::text FROM acteurs_region r"
_ICI = " WHERE {alias}.date_fin IS NULL AND {groupe} = ANY(%(codes)s)"


def _communes(groupe: str) -> str:
    return (_COMMUNES + _ICI).format(groupe=groupe, alias="c")


def _departements(groupe: str) -> str:
    return (_DEPARTEMENTS + _ICI).format(groupe=groupe, alias="d")


# Pour chaque niveau, les territoires plus petits qui le pavent. Une intercommunalité peut être à
# cheval sur deux régions : elle ne sert à refaire aucun autre niveau.
MEMBRES: dict[str, str] = {
    NiveauTerritoire.EPCI: _communes("c.epci_id"),
    NiveauTerritoire.DEPARTEMENT: _communes("c.departement_id"),
    NiveauTerritoire.REGION: " UNION ALL ".join(
        (_communes("c.region_id"), _departements("d.region_id"))
    ),
    NiveauTerritoire.FRANCE: " UNION ALL ".join(
        (
            _communes("'FR'::text"),
            _departements("'FR'::text"),
            _REGIONS + " WHERE r.date_fin IS NULL AND 'FR' = ANY(%(codes)s)",
        )
    ),
}
MEMBRES_DU_GROUPE = """
SELECT 'commune' AS niveau, code, 'groupe' AS territoire FROM unnest(%(codes)s::text[]) u(code)
"""

# Une seule édition sert un territoire : d’abord celles qui en décrivent la moitié au moins, puis la
# plus récente, puis la plus complète
AGREGATS = """
WITH membres AS ({membres}),
tailles AS (SELECT territoire, niveau, count(*) AS membres FROM membres GROUP BY 1, 2),
lignes AS (
    SELECT e.indicateur_id, m.territoire, m.niveau, e.id, e.annee, e.source, e.charge_le,
           sum(d.valeur) AS somme,
           sum(d.numerateur) AS numerateur, sum(d.denominateur) AS denominateur,
           count(d.valeur) AS avec_valeur, count(d.denominateur) AS avec_quotient
    FROM acteurs_editiondonnees e
    JOIN acteurs_donneecontexte d ON d.edition_id = e.id
    JOIN membres m ON m.code = d.code_territoire AND m.niveau = e.niveau
    WHERE e.indicateur_id = ANY(%(indicateurs)s)
      AND (%(annee)s::int IS NULL OR e.annee = %(annee)s)
    GROUP BY 1, 2, 3, 4
)
SELECT DISTINCT ON (l.indicateur_id, l.territoire)
       l.indicateur_id, l.territoire, l.annee, l.source, l.somme, l.numerateur, l.denominateur,
       l.avec_valeur, l.avec_quotient, t.membres
FROM lignes l JOIN tailles t USING (territoire, niveau)
ORDER BY l.indicateur_id, l.territoire,
         greatest(l.avec_valeur, l.avec_quotient) * 2 >= t.membres DESC, l.annee DESC,
         greatest(l.avec_valeur, l.avec_quotient)::float8 / t.membres DESC, l.charge_le DESC
"""
