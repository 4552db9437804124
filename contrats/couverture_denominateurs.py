"""Ce que l’on divise, dit en toutes lettres : combien de communes, d’habitants, de quel millésime.

Compte tout territoire de la République qui existe ce jour-là : les îles dispensées
d’intercommunalité, les collectivités du Pacifique, les communes dont l’Insee ne publie pas la
population (une commune, zéro habitant). La population est toujours celle du dernier millésime
chargé : une date passée change les contrats comptés, pas le nombre d’habitants.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import connection

from acteurs.models import EditionTerritoires
from contrats import couverture_sql as sql
from contrats.couverture_etats import PACIFIQUE

SOURCE = "Insee et DGCL"

SQL = """
SELECT count(*), coalesce(sum(c.population), 0)::bigint,
       count(*) FILTER (WHERE c.epci_id IS NULL),
       coalesce(sum(c.population) FILTER (WHERE c.epci_id IS NULL), 0)::bigint,
       count(*) FILTER (WHERE c.population IS NULL),
       count(*) FILTER (WHERE c.departement_id = ANY(%(pacifique)s)),
       coalesce(sum(c.population) FILTER (WHERE c.departement_id = ANY(%(pacifique)s)), 0)::bigint
FROM acteurs_commune c WHERE {existe}{lieu}
"""


@dataclass(frozen=True, slots=True)
class Denominateurs:
    """Communes et habitants comptés, et ceux que l’on oublie souvent."""

    communes: int
    population: int
    communes_sans_epci: int
    population_sans_epci: int
    communes_sans_population: int
    communes_du_pacifique: int
    population_du_pacifique: int
    millesime_population: str
    edition: str

    def vers_dict(self) -> dict[str, Any]:
        return asdict(self)


def denominateurs(le: date, **lieu: str | None) -> Denominateurs:
    condition, codes = sql.filtre_de_lieu(lieu)
    parametres: dict[str, Any] = {"le": le, "pacifique": list(PACIFIQUE)} | codes
    with connection.cursor() as curseur:
        curseur.execute(SQL.format(existe=sql.EXISTE, lieu=condition), parametres)
        comptes = curseur.fetchone()
    edition = EditionTerritoires.objects.order_by("date_effet", "charge_le").last()
    nommee = (edition.millesime_population, str(edition)) if edition else ("", "")
    return Denominateurs(*[*comptes, *nommee])
