"""La question de couverture, en SQL, une seule fois.

Part de la population qui vit dans une commune couverte par un contrat (indicateur du contrat
État-ARS). Chaque commune compte une fois, même si plusieurs contrats la couvrent.

« Signé » au jour d : signature ≤ d, début ≤ d ≤ fin, démarche non abandonnée, commune dans le
périmètre ce jour-là. « En projet » : la dernière phase datée au plus tard de d est une phase de
préparation. Dénominateur : toutes les communes actuelles ce jour-là, y compris celles sans
intercommunalité et les collectivités du Pacifique ; une commune sans population publiée compte pour
une commune et zéro habitant.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import TextChoices

from contrats.etats import PHASES_EN_PROJET, Phase


class Niveau(TextChoices):
    FRANCE = "france", "France"
    REGION = "region", "Régions"
    DEPARTEMENT = "departement", "Départements"
    EPCI = "epci", "Intercommunalités"


class Variante(TextChoices):
    SIGNE = "signe", "Signés"
    SIGNE_OU_PROJET = "signe_ou_projet", "Signés ou en projet"


@dataclass(frozen=True, slots=True)
class LigneCouverture:
    """Populations en habitants (population municipale), taux entre 0 et 1."""

    code: str
    nom: str
    population: int
    population_couverte: int
    taux_population: float
    communes: int
    communes_couvertes: int
    taux_communes: float
    contrats: int

    def vers_dict(self) -> dict[str, Any]:
        return asdict(self)


# Avant le premier chargement des territoires
AUCUN_TERRITOIRE = LigneCouverture("FR", "France", 0, 0, 0.0, 0, 0, 0.0, 0)

# Par niveau : colonne de la commune, table et colonne de nom du territoire
GROUPES = {
    Niveau.FRANCE: (
        "'FR'::text",
        "(VALUES ('FR'::text, 'France'::text, ''::text)) AS t(code, nom, cle_tri)",
        "t.code",
    ),
    Niveau.REGION: ("c.region_id", "acteurs_region AS t", "t.code"),
    Niveau.DEPARTEMENT: ("c.departement_id", "acteurs_departement AS t", "t.code"),
    Niveau.EPCI: ("c.epci_id", "acteurs_epci AS t", "t.siren"),
}

SQL = """
WITH engages AS (
    SELECT k.id FROM contrats_contrat k
    WHERE k.date_signature <= %(le)s AND coalesce(k.date_debut, k.date_signature) <= %(le)s
      AND (k.date_fin IS NULL OR k.date_fin >= %(le)s)
      AND NOT EXISTS (SELECT 1 FROM contrats_passagephase x WHERE x.contrat_id = k.id
                      AND x.vers = %(abandon)s AND x.date_effet <= %(le)s)
    UNION
    SELECT d.contrat_id FROM (
        SELECT DISTINCT ON (contrat_id) contrat_id, vers FROM contrats_passagephase
        WHERE %(avec_projets)s AND date_effet <= %(le)s
        ORDER BY contrat_id, date_effet DESC, id DESC) d
    WHERE d.vers = ANY(%(projets)s)
), presences AS MATERIALIZED (
    SELECT DISTINCT p.commune_id, p.contrat_id FROM contrats_perimetre p
    JOIN engages e ON e.id = p.contrat_id
    WHERE p.date_entree <= %(le)s AND (p.date_sortie IS NULL OR p.date_sortie > %(le)s)
), communes AS (
    SELECT c.code, {groupe} AS groupe, coalesce(c.population, 0) AS population,
           couvertes.commune_id IS NOT NULL AS couverte
    FROM acteurs_commune c
    LEFT JOIN (SELECT DISTINCT commune_id FROM presences) couvertes ON couvertes.commune_id = c.code
    WHERE c.date_fin IS NULL OR c.date_fin > %(le)s
), totaux AS (
    SELECT groupe, sum(population) AS population,
           coalesce(sum(population) FILTER (WHERE couverte), 0) AS population_couverte,
           count(*) AS communes, count(*) FILTER (WHERE couverte) AS communes_couvertes
    FROM communes GROUP BY groupe
), contrats AS (
    SELECT c.groupe, count(DISTINCT p.contrat_id) AS contrats
    FROM presences p JOIN communes c ON c.code = p.commune_id GROUP BY c.groupe
)
SELECT coalesce({code}, ''), coalesce(t.nom, 'Sans intercommunalité'),
       totaux.population::bigint, totaux.population_couverte::bigint,
       coalesce(totaux.population_couverte::float8 / nullif(totaux.population, 0), 0),
       totaux.communes, totaux.communes_couvertes,
       coalesce(totaux.communes_couvertes::float8 / nullif(totaux.communes, 0), 0),
       coalesce(contrats.contrats, 0)
FROM totaux
LEFT JOIN {table} ON {code} = totaux.groupe
LEFT JOIN contrats ON contrats.groupe IS NOT DISTINCT FROM totaux.groupe
ORDER BY t.cle_tri NULLS LAST, 1
"""


def couverture(
    *, le: date, niveau: str = Niveau.DEPARTEMENT, variante: str = Variante.SIGNE
) -> list[LigneCouverture]:
    """Une ligne par territoire du niveau, dans l’ordre alphabétique ; une seule requête.

    Lève ValueError si le niveau ou la variante n’existe pas.
    """
    groupe, table, code = GROUPES[Niveau(niveau)]
    requete = SQL.format(groupe=groupe, table=table, code=code)
    parametres: dict[str, Any] = {
        "le": le,
        "abandon": Phase.ABANDONNE.value,
        "avec_projets": Variante(variante) == Variante.SIGNE_OU_PROJET,
        "projets": [phase.value for phase in PHASES_EN_PROJET],
    }
    with connection.cursor() as curseur:
        curseur.execute(requete, parametres)
        return [LigneCouverture(*ligne) for ligne in curseur.fetchall()]


def couverture_nationale(*, le: date, variante: str = Variante.SIGNE) -> LigneCouverture:
    lignes = couverture(le=le, niveau=Niveau.FRANCE, variante=variante)
    return lignes[0] if lignes else AUCUN_TERRITOIRE
