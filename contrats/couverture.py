"""La question de couverture, en SQL, une seule fois.

Part de la population qui vit dans une commune couverte par un contrat (indicateur du contrat
État-ARS). Chaque commune compte une fois, même si plusieurs contrats la couvrent.

« Signé » au jour d : signature ≤ d, début ≤ d ≤ fin, démarche non abandonnée, commune dans le
périmètre ce jour-là ; la fin est celle que posent les avenants en vigueur ce jour-là. « En
projet » : contrat ouvert (ni fini, ni abandonné) dont la dernière phase datée au plus tard de d est
une phase de préparation. Dénominateur : toutes les communes qui existent ce jour-là, y compris
celles sans intercommunalité et les collectivités du Pacifique ; une commune sans population publiée
compte pour une commune et zéro habitant.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import TextChoices

from contrats import couverture_sql as sql


class Niveau(TextChoices):
    FRANCE = "france", "France"
    REGION = "region", "Régions"
    DEPARTEMENT = "departement", "Départements"
    DELEGATION = "delegation", "Délégations"
    EPCI = "epci", "Intercommunalités"
    ZONAGE = "zonage", "Zonages"


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


@dataclass(frozen=True, slots=True)
class Groupe:
    """Un niveau en SQL : la colonne de la commune, la table et les colonnes du territoire.

    `sans` : le nom de la ligne des communes qui n’ont pas de territoire à ce niveau.
    """

    colonne: str
    table: str
    code: str = "t.code"
    jointure: str = ""
    sans: str = ""


GROUPES = {
    Niveau.FRANCE: Groupe(
        "'FR'::text",
        "(VALUES ('FR'::text, 'France'::text, ''::text)) AS t(code, nom, cle_tri)",
    ),
    Niveau.REGION: Groupe("c.region_id", "acteurs_region AS t"),
    Niveau.DEPARTEMENT: Groupe("c.departement_id", "acteurs_departement AS t"),
    # Une délégation est un département du ressort d’une agence
    Niveau.DELEGATION: Groupe(
        "ressort.departement_id",
        "acteurs_departement AS t",
        jointure="LEFT JOIN acteurs_competencears ressort USING (departement_id)",
        sans="Hors du ressort d’une agence",
    ),
    Niveau.EPCI: Groupe("c.epci_id", "acteurs_epci AS t", "t.siren", sans="Sans intercommunalité"),
}

# Une seule jointure sur les 35 000 communes. Une commune couverte par deux contrats y passe deux
# fois, mais une seule de ces lignes est comptée. Regrouper par (territoire, contrat), puis par
# territoire, compte les contrats sans trier.
SQL = """
WITH {engages}, presences AS (
    SELECT p.commune_id, p.contrat_id,
           row_number() OVER (PARTITION BY p.commune_id COLLATE "C") = 1 AS est_comptee
    FROM contrats_perimetre p JOIN engages e ON e.id = p.contrat_id
    WHERE p.date_entree <= %(le)s AND (p.date_sortie IS NULL OR p.date_sortie > %(le)s)
), parts AS (
    SELECT {colonne} AS groupe, p.contrat_id,
           sum(c.population) FILTER (WHERE p.est_comptee IS NOT FALSE) AS population,
           count(*) FILTER (WHERE p.est_comptee IS NOT FALSE) AS communes
    FROM acteurs_commune c {jointure} LEFT JOIN presences p ON p.commune_id = c.code
    WHERE {existe}{lieu}
    GROUP BY 1, 2
), totaux AS (
    SELECT groupe, coalesce(sum(population), 0) AS population,
           coalesce(sum(population) FILTER (WHERE contrat_id IS NOT NULL), 0)
               AS population_couverte,
           sum(communes) AS communes,
           coalesce(sum(communes) FILTER (WHERE contrat_id IS NOT NULL), 0) AS communes_couvertes,
           count(contrat_id) AS contrats
    FROM parts GROUP BY groupe
)
SELECT coalesce({code}, ''), coalesce(t.nom, '{sans}'),
       totaux.population::bigint, totaux.population_couverte::bigint,
       coalesce(totaux.population_couverte::float8 / nullif(totaux.population, 0), 0),
       totaux.communes::bigint, totaux.communes_couvertes::bigint,
       coalesce(totaux.communes_couvertes::float8 / nullif(totaux.communes, 0), 0),
       totaux.contrats
FROM totaux LEFT JOIN {table} ON {code} = totaux.groupe
ORDER BY t.cle_tri NULLS LAST, 1
"""


def couverture(
    *,
    le: date,
    niveau: str = Niveau.DEPARTEMENT,
    variante: str = Variante.SIGNE,
    **lieu: str | None,
) -> list[LigneCouverture]:
    """Une ligne par territoire du niveau, dans l’ordre alphabétique ; une seule requête.

    `region`, `departement`, `epci`, `commune` : les seules communes de ce lieu ; une
    intercommunalité à cheval n’y a que sa part. Les zonages ont leur module. Lève ValueError si le
    niveau ou la variante n’existe pas.
    """
    if niveau not in GROUPES:
        raise ValueError(niveau)
    groupe = GROUPES[Niveau(niveau)]
    condition, codes = sql.filtre_de_lieu(lieu)
    requete = SQL.format(engages=sql.ENGAGES, existe=sql.EXISTE, lieu=condition, **asdict(groupe))
    avec_projets = Variante(variante) == Variante.SIGNE_OU_PROJET
    with connection.cursor() as curseur:
        curseur.execute(requete, sql.parametres(le, avec_projets=avec_projets) | codes)
        return [LigneCouverture(*ligne) for ligne in curseur.fetchall()]


def nationale(lignes: Sequence[LigneCouverture]) -> LigneCouverture:
    """La ligne du niveau France."""
    return lignes[0] if lignes else AUCUN_TERRITOIRE
