"""La couverture au fil du temps : chaque jour où elle change, en une requête.

Une commune est couverte de son premier à son dernier jour, sans trou compté deux fois : ses
présences qui se touchent ou se recouvrent ne font qu’une. Mêmes règles que `couverture`, jour pour
jour.
"""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from contrats import couverture_periodes as periodes
from contrats import couverture_sql as sql
from contrats.couverture import Variante
from contrats.couverture_place import Place

PAS_EN_MOIS = {"mois": 1, "annee": 12}


class Ecart(NamedTuple):
    """Ce qui change un jour donné. `objet` : « signe », « signe_ou_projet » ou « tout »."""

    objet: str
    le: date
    habitants: int
    communes: int
    contrats: int


@dataclass(frozen=True, slots=True)
class Mesure:
    population_couverte: int = 0
    communes_couvertes: int = 0
    contrats: int = 0

    def plus(self, ecart: Ecart) -> "Mesure":
        return Mesure(
            self.population_couverte + ecart.habitants,
            self.communes_couvertes + ecart.communes,
            self.contrats + ecart.contrats,
        )


@dataclass(frozen=True, slots=True)
class PointDeSerie:
    """La couverture un jour donné ; taux entre 0 et 1."""

    le: date
    population: int
    communes: int
    signe: Mesure
    signe_ou_projet: Mesure

    @property
    def taux_signe(self) -> float:
        return self._taux(self.signe)

    @property
    def taux_signe_ou_projet(self) -> float:
        return self._taux(self.signe_ou_projet)

    def _taux(self, mesure: Mesure) -> float:
        return mesure.population_couverte / self.population if self.population else 0.0


# Une commune close cesse de compter ; avant, elle compte depuis toujours
SQL = """
WITH {periodes}, lieu AS (
    SELECT c.code, coalesce(c.population, 0) AS population,
           coalesce(c.date_fin, 'infinity'::date) AS close FROM acteurs_commune c WHERE true{lieu}
), presences AS (
    SELECT p.commune_id, p.contrat_id, r.est_signe, l.population,
           greatest(p.date_entree, r.de) AS de,
           least(coalesce(p.date_sortie, 'infinity'::date), r.a, l.close) AS a
    FROM contrats_perimetre p JOIN periodes r ON r.contrat_id = p.contrat_id
    JOIN lieu l ON l.code = p.commune_id
    WHERE greatest(p.date_entree, r.de)
          < least(coalesce(p.date_sortie, 'infinity'::date), r.a, l.close)
), variantes(objet, avec_projets) AS (
    VALUES ('signe', false), ('signe_ou_projet', true)
), comptees AS (
    SELECT v.objet, 'commune' AS genre, p.commune_id::text COLLATE "C" AS cle,
           p.population AS habitants, p.de, p.a
    FROM presences p JOIN variantes v ON p.est_signe OR v.avec_projets
    UNION ALL
    SELECT v.objet, 'contrat', p.contrat_id::text COLLATE "C", 0, p.de, p.a
    FROM (SELECT DISTINCT contrat_id, est_signe, de, a FROM presences) p
    JOIN variantes v ON p.est_signe OR v.avec_projets
), debuts AS (
    SELECT *, (de > max(a) OVER (PARTITION BY objet, genre, cle ORDER BY de, a
                                 ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))
              IS NOT FALSE AS commence
    FROM comptees
), suites AS (
    SELECT *, count(*) FILTER (WHERE commence) OVER (
                  PARTITION BY objet, genre, cle ORDER BY de, a) AS rang FROM debuts
), intervalles AS (
    SELECT objet, genre, max(habitants) AS habitants, min(de) AS de, max(a) AS a
    FROM suites GROUP BY objet, genre, cle, rang
), ecarts AS (
    SELECT objet, genre, de AS le, habitants, 1 AS sens FROM intervalles
    UNION ALL SELECT objet, genre, a, -habitants, -1 FROM intervalles WHERE a < 'infinity'
    UNION ALL SELECT 'tout', 'commune', %(origine)s, population, 1 FROM lieu
              WHERE close > %(origine)s
    UNION ALL SELECT 'tout', 'commune', close, -population, -1 FROM lieu
              WHERE close > %(origine)s AND close < 'infinity'
)
SELECT objet, le, sum(habitants)::bigint,
       coalesce(sum(sens) FILTER (WHERE genre = 'commune'), 0)::bigint,
       coalesce(sum(sens) FILTER (WHERE genre = 'contrat'), 0)::bigint
FROM ecarts GROUP BY objet, le ORDER BY le, objet
"""
# Avant le premier contrat possible : le point de départ des communes qui existent
ORIGINE = date(1900, 1, 1)


def ecarts(place: Place) -> list[Ecart]:
    """Les jours où quelque chose change, dans l’ordre ; une requête."""
    condition, codes = sql.filtre_de_lieu(place.lieu)
    with connection.cursor() as curseur:
        curseur.execute(
            SQL.format(periodes=periodes.PERIODES, lieu=condition),
            {**periodes.parametres(), "origine": ORIGINE} | codes,
        )
        return [Ecart(*ligne) for ligne in curseur.fetchall()]


def serie(
    place: Place, du: date | None = None, au: date | None = None, pas: str = "mois"
) -> list[PointDeSerie]:
    """Un point par mois (ou par année), du premier contrat à `au` compris ; une requête.

    Sans `du`, depuis le premier du mois où une commune est couverte ; vide si aucune ne l’est.
    """
    return points(ecarts(place), du=du, au=au or timezone.localdate(), pas=pas)


def points(
    changements: Iterable[Ecart], *, du: date | None, au: date, pas: str = "mois"
) -> list[PointDeSerie]:
    rangs = list(changements)
    premier = du or premier_jour(rangs)
    if premier is None or premier > au:
        return []
    return list(cumuler(rangs, jours(premier.replace(day=1), au, PAS_EN_MOIS[pas])))


def premier_jour(changements: Iterable[Ecart]) -> date | None:
    """Le premier jour où une commune est couverte, signée ou en projet."""
    return min((e.le for e in changements if e.objet != "tout"), default=None)


def jours(du: date, au: date, mois: int) -> Iterator[date]:
    """Tous les `mois` mois à partir de `du`, puis `au`."""
    rang = du.year * 12 + du.month - 1
    for suivant in itertools.count(rang, mois):
        jour = date(suivant // 12, suivant % 12 + 1, 1)
        if jour >= au:
            break
        yield jour
    yield au


def cumuler(rangs: Iterable[Ecart], voulus: Iterable[date]) -> Iterator[PointDeSerie]:
    """La couverture à chacun des jours voulus, donnés dans l’ordre."""
    sommes = {objet: Mesure() for objet in ("tout", *Variante.values)}
    reste = iter([*rangs, None])
    prochain: Ecart | None = next(reste)
    for jour in voulus:
        while prochain is not None and prochain.le <= jour:
            sommes[prochain.objet] = sommes[prochain.objet].plus(prochain)
            prochain = next(reste)
        tout = sommes["tout"]
        yield PointDeSerie(
            le=jour,
            population=tout.population_couverte,
            communes=tout.communes_couvertes,
            signe=sommes[Variante.SIGNE],
            signe_ou_projet=sommes[Variante.SIGNE_OU_PROJET],
        )
