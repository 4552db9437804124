"""Où en est une doctrine : la part des habitants visés qui est couverte, ce qui manque, la suite.

Les territoires visés se lisent au jour demandé : les communes de la région, celles du zonage en
vigueur (ou du millésime figé), ou celles de la liste. Une commune réunie à une autre depuis laisse
la place à celle qui lui succède. La couverture est celle de toutes les pages : le même SQL.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from acteurs import zonages
from acteurs.models import ZoneCommune
from contrats import couverture_periodes as periodes
from contrats import couverture_serie as serie
from contrats import couverture_sql as sql
from contrats.couverture import Variante
from contrats.couverture_detail import etats_des_communes
from contrats.couverture_etats import EtatCommune
from contrats.models import Doctrine


@dataclass(frozen=True, slots=True)
class CommuneVisee:
    code: str
    population: int
    epci: str
    epci_nom: str


@dataclass(frozen=True, slots=True)
class TerritoireBlanc:
    """Une intercommunalité (ou les communes isolées, `siren` vide) : ce qui n’y est pas signé.

    `en_projet` : les habitants que couvrirait un contrat en préparation.
    """

    siren: str
    nom: str
    communes: int
    population: int
    en_projet: int


@dataclass(frozen=True, slots=True)
class Echeance:
    """La couverture un jour à venir, si rien n’est renouvelé. `finissent` : les contrats finis."""

    le: date
    population_couverte: int
    taux: float
    finissent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progression:
    """Populations en habitants, taux de 0 à 1. `manquants` : habitants jusqu’à la cible.

    `changements` : les jours où la part couverte des communes visées change, passés et à venir.
    """

    doctrine: Doctrine
    le: date
    communes: int
    communes_couvertes: int
    population: int
    population_couverte: int
    population_avec_projets: int
    blancs: tuple[TerritoireBlanc, ...]
    echeances: tuple[Echeance, ...]
    changements: tuple[serie.Ecart, ...]

    @property
    def cible(self) -> Decimal:
        return self.doctrine.cible_taux

    @property
    def taux(self) -> float:
        return self.population_couverte / self.population if self.population else 0.0

    @property
    def taux_avec_projets(self) -> float:
        return self.population_avec_projets / self.population if self.population else 0.0

    @property
    def manquants(self) -> int:
        return max(habitants_de_la_cible(self.cible, self.population) - self.population_couverte, 0)

    @property
    def est_atteinte(self) -> bool:
        return self.population > 0 and not self.manquants

    @property
    def couverte_a_la_cible(self) -> int:
        """Les habitants encore couverts le jour de la cible, si rien n’est renouvelé."""
        passees = [e for e in self.echeances if e.le <= self.doctrine.cible_date]
        return passees[-1].population_couverte if passees else self.population_couverte


def habitants_de_la_cible(part: Decimal, population: int) -> int:
    """Le plus petit nombre d’habitants qui atteint la part visée."""
    return math.ceil(part * population)


# Ce qui est visé ------------------------------------------------------------------------------

SQL_VISEES = """
WITH RECURSIVE demandees AS (
    SELECT unnest(%(codes)s::text[]) AS code
    UNION SELECT c.code FROM acteurs_commune c WHERE c.epci_id = ANY(%(epcis)s)
), suites AS (
    SELECT c.code, c.date_fin, c.successeur_id
    FROM acteurs_commune c JOIN demandees d ON d.code = c.code
    UNION
    SELECT s.code, s.date_fin, s.successeur_id
    FROM suites p JOIN acteurs_commune s ON s.code = p.successeur_id WHERE p.date_fin <= %(le)s
)
SELECT c.code, coalesce(c.population, 0), coalesce(c.epci_id, ''), coalesce(i.nom_court, '')
FROM acteurs_commune c LEFT JOIN acteurs_epci i ON i.siren = c.epci_id
WHERE c.region_id = %(region)s AND {existe}
  AND (%(est_complete)s OR c.code IN (SELECT code FROM suites))
ORDER BY c.code
"""


def communes_visees(doctrine: Doctrine, le: date) -> list[CommuneVisee]:
    """Celles de la région qui existent ce jour-là ; deux requêtes au plus."""
    parametres = {
        "le": le,
        "region": doctrine.region_id,
        "est_complete": doctrine.est_complete,
        "codes": [*_communes_du_zonage(doctrine, le), *doctrine.codes_communes],
        "epcis": list(doctrine.codes_epci),
    }
    lignes = _lire(SQL_VISEES.format(existe=sql.EXISTE), parametres)
    return [CommuneVisee(*ligne) for ligne in lignes]


def _communes_du_zonage(doctrine: Doctrine, le: date) -> Collection[str]:
    if not doctrine.type_zonage_id:
        return ()
    classes = doctrine.classes or None
    if doctrine.edition_id:
        liens = ZoneCommune.objects.filter(zone__edition=doctrine.edition_id)
        liens = liens.filter(zone__classe__in=classes) if classes else liens
        return frozenset(liens.values_list("commune", flat=True))
    return zonages.communes_de(
        doctrine.type_zonage_id, le, region=doctrine.region_id, classes=classes
    )


# Où l’on en est -------------------------------------------------------------------------------


def progression(doctrine: Doctrine, le: date) -> Progression:
    """Cinq requêtes au plus."""
    visees = communes_visees(doctrine, le)
    etats = etats_des_communes(le, region=doctrine.region_id)
    couvertes = [c for c in visees if _est_signee(etats, c)]
    projetees = [c for c in visees if _est_projetee(etats, c)]
    population, couverte = _habitants(visees), _habitants(couvertes)
    codes = [commune.code for commune in visees]
    changements = ecarts_des_communes(codes)
    return Progression(
        doctrine=doctrine,
        le=le,
        communes=len(visees),
        communes_couvertes=len(couvertes),
        population=population,
        population_couverte=couverte,
        population_avec_projets=couverte + _habitants(projetees),
        blancs=_blancs(visees, etats),
        echeances=_echeances(changements, _fins(codes, le), le, population),
        changements=tuple(changements),
    )


def _habitants(communes: Iterable[CommuneVisee]) -> int:
    return sum(commune.population for commune in communes)


def _est_signee(etats: Mapping[str, EtatCommune], commune: CommuneVisee) -> bool:
    etat = etats.get(commune.code)
    return etat is not None and etat.contrats_signes > 0


def _est_projetee(etats: Mapping[str, EtatCommune], commune: CommuneVisee) -> bool:
    etat = etats.get(commune.code)
    return etat is not None and not etat.contrats_signes and etat.contrats_en_projet > 0


def _blancs(
    visees: Iterable[CommuneVisee], etats: Mapping[str, EtatCommune]
) -> tuple[TerritoireBlanc, ...]:
    """Ce qui n’est pas signé, intercommunalité par intercommunalité, la plus peuplée d’abord."""
    groupes: dict[str, list[CommuneVisee]] = {}
    for commune in visees:
        if not _est_signee(etats, commune):
            groupes.setdefault(commune.epci, []).append(commune)
    blancs = [
        TerritoireBlanc(
            siren=siren,
            nom=membres[0].epci_nom or "Communes sans intercommunalité",
            communes=len(membres),
            population=_habitants(membres),
            en_projet=_habitants(c for c in membres if _est_projetee(etats, c)),
        )
        for siren, membres in groupes.items()
    ]
    return tuple(sorted(blancs, key=lambda b: (-b.population, b.nom, b.siren)))


# Ce qui vient ---------------------------------------------------------------------------------

SQL_FINS = """
WITH {engages}, {presences}
SELECT p.fin, array_agg(DISTINCT k.nom ORDER BY k.nom)
FROM presences p JOIN contrats_contrat k ON k.id = p.contrat_id
WHERE p.est_signe AND p.fin IS NOT NULL AND p.commune_id = ANY(%(communes)s) GROUP BY p.fin
"""


def _echeances(
    changements: Iterable[serie.Ecart],
    fins: Mapping[date, tuple[str, ...]],
    le: date,
    population: int,
) -> tuple[Echeance, ...]:
    """Chaque jour à venir où la part signée change, d’après les dates connues aujourd’hui."""
    habitants: dict[date, int] = {}
    couverte = 0
    for ecart in changements:
        if ecart.objet != Variante.SIGNE:
            continue
        couverte += ecart.habitants
        if ecart.le > le and ecart.habitants:
            habitants[ecart.le] = couverte
    return tuple(
        Echeance(jour, reste, reste / population if population else 0.0, fins.get(jour, ()))
        for jour, reste in habitants.items()
    )


def ecarts_des_communes(codes: list[str]) -> list[serie.Ecart]:
    """Les jours où la couverture de ces communes change ; une requête, celle de la série."""
    requete = serie.SQL.format(periodes=periodes.PERIODES, lieu=" AND c.code = ANY(%(communes)s)")
    parametres = {**periodes.parametres(), "origine": serie.ORIGINE, "communes": codes}
    return [serie.Ecart(*ligne) for ligne in _lire(requete, parametres)]


def _fins(codes: list[str], le: date) -> dict[date, tuple[str, ...]]:
    """Par premier jour sans eux, les contrats qui finissent."""
    requete = SQL_FINS.format(engages=sql.ENGAGES, presences=sql.PRESENCES)
    parametres = sql.parametres(le, avec_projets=False) | {"communes": codes}
    return {
        date.fromordinal(fin.toordinal() + 1): tuple(noms)
        for fin, noms in _lire(requete, parametres)
    }


def _lire(requete: str, parametres: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as curseur:
        curseur.execute(requete, parametres)
        return list(curseur.fetchall())
