"""Derrière un chiffre de couverture : les communes, leur état, les contrats qui les couvrent.

Mêmes règles et mêmes dates que `couverture` : le même SQL. Le lieu se dit par `region`,
`departement` ou `epci` (leur code) ; sans lieu, toute la France. Une requête par fonction.
"""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from contrats import couverture_sql as sql
from contrats.couverture import Variante
from contrats.couverture_etats import (
    PACIFIQUE,
    CommuneDuChiffre,
    ContratCouvrant,
    ContratDuChiffre,
    EtatCommune,
    EtatCouverture,
    EtatEpci,
    Selection,
    dans_douze_mois,
)

# Rend `etats` : une ligne par commune qui existe ce jour-là dans le lieu
ETATS = """
etats AS (
    SELECT c.code, c.nom, c.cle_tri, c.population, c.departement_id, c.region_id, c.epci_id,
           coalesce(n.signes, 0) AS signes, coalesce(n.projets, 0) AS projets, n.fin,
           CASE WHEN n.signes > 1 THEN 'PLUSIEURS'
                WHEN n.signes = 1 AND n.fin <= %(bientot)s THEN 'FINIT_BIENTOT'
                WHEN n.signes = 1 THEN 'SIGNE'
                WHEN n.projets > 0 THEN 'EN_PROJET' ELSE 'AUCUN' END AS etat
    FROM acteurs_commune c LEFT JOIN (
        SELECT commune_id, count(*) FILTER (WHERE est_signe) AS signes,
               count(*) FILTER (WHERE NOT est_signe) AS projets,
               CASE WHEN bool_or(est_signe AND fin IS NULL) THEN NULL
                    ELSE max(fin) FILTER (WHERE est_signe) END AS fin
        FROM presences GROUP BY commune_id
    ) n ON n.commune_id = c.code
    WHERE {existe}{lieu}{contrat}
)"""
DU_CONTRAT = " AND c.code IN (SELECT commune_id FROM presences WHERE contrat_id = %(contrat)s)"

CONDITIONS = {
    Selection.TOUTES: "true",
    Selection.SANS_EPCI: "epci_id IS NULL",
    Selection.SANS_POPULATION: "population IS NULL",
    Selection.PACIFIQUE: f"departement_id IN {PACIFIQUE}",
}
COUVERTE = {
    Variante.SIGNE: "signes > 0",
    Variante.SIGNE_OU_PROJET: "signes + projets > 0",
}

SQL_COMMUNES = """
, page AS (
    SELECT * FROM etats WHERE {selection} AND {parmi}
    ORDER BY cle_tri, code LIMIT %(limite)s OFFSET %(depart)s
)
SELECT e.code, e.nom, e.population, e.departement_id, e.region_id, e.epci_id,
       coalesce(i.nom, ''), e.etat, t.lignes
FROM page e LEFT JOIN acteurs_epci i ON i.siren = e.epci_id
LEFT JOIN (
    SELECT p.commune_id, json_agg(json_build_array(k.id, k.nom, p.est_signe, p.fin)
                                  ORDER BY NOT p.est_signe, k.cle_tri, k.id) AS lignes
    FROM presences p JOIN page ON page.code = p.commune_id
    JOIN contrats_contrat k ON k.id = p.contrat_id GROUP BY p.commune_id
) t ON t.commune_id = e.code
ORDER BY e.cle_tri, e.code
"""
SQL_EPCI = """
SELECT e.epci_id, i.nom, mode_etat.etat, count(DISTINCT e.etat) > 1,
       coalesce(sum(e.population), 0)::bigint,
       coalesce(sum(e.population) FILTER (WHERE e.signes > 0), 0)::bigint,
       coalesce(sum(e.population) FILTER (WHERE e.etat = 'EN_PROJET'), 0)::bigint,
       count(*), count(*) FILTER (WHERE e.signes > 0),
       count(*) FILTER (WHERE e.etat = 'EN_PROJET'), min(e.fin)
FROM etats e JOIN acteurs_epci i ON i.siren = e.epci_id
JOIN (
    SELECT DISTINCT ON (epci_id) epci_id, etat FROM etats GROUP BY epci_id, etat
    ORDER BY epci_id, coalesce(sum(population), 0) DESC, count(*) DESC, etat
) mode_etat ON mode_etat.epci_id = e.epci_id
GROUP BY e.epci_id, i.nom, i.cle_tri, mode_etat.etat ORDER BY i.cle_tri, e.epci_id
"""
SQL_CONTRATS = """
SELECT k.id, k.nom, k.phase, p.est_signe, coalesce(k.date_debut, k.date_signature), g.fin,
       count(*), coalesce(sum(c.population), 0)::bigint
FROM presences p JOIN etats c ON c.code = p.commune_id
JOIN contrats_contrat k ON k.id = p.contrat_id JOIN engages g ON g.id = p.contrat_id
WHERE (p.est_signe OR %(projets_aussi)s) AND {selection} AND {parmi}
GROUP BY k.id, p.est_signe, g.fin ORDER BY NOT p.est_signe, k.cle_tri, k.id
"""
SQL_COMPTES = """
SELECT etat, count(*), coalesce(sum(population), 0)::bigint FROM etats GROUP BY etat
"""
SQL_PAR_COMMUNE = """
SELECT p.commune_id, array_agg(p.contrat_id) FROM presences p JOIN etats c ON c.code = p.commune_id
WHERE p.est_signe OR %(projets_aussi)s GROUP BY p.commune_id
"""
SQL_ETATS = "SELECT code, etat, signes, projets, fin FROM etats"
SQL_NOMBRE = """
SELECT count(*), coalesce(sum(population), 0)::bigint FROM etats WHERE {selection} AND {parmi}
"""


def communes_du_chiffre(
    *,
    le: date,
    variante: str = Variante.SIGNE,
    selection: str = Selection.TOUTES,
    contrat: UUID | None = None,
    parmi: Collection[str] | None = None,
    depart: int = 0,
    limite: int | None = None,
    **lieu: str | None,
) -> list[CommuneDuChiffre]:
    """Les communes de la liste, par ordre alphabétique, avec leurs contrats.

    `selection` : une Selection ou un EtatCouverture ; `parmi` : ces seuls codes.
    Lève ValueError si la sélection n’existe pas.
    """
    requete = SQL_COMMUNES.format(**_conditions(selection, variante, parmi))
    codes = list(parmi or ())
    lignes = _lire(requete, le, lieu, contrat, limite=limite, depart=depart, parmi=codes)
    return [_commune(*ligne) for ligne in lignes]


def nombre_de_communes(
    *,
    le: date,
    variante: str = Variante.SIGNE,
    selection: str = Selection.TOUTES,
    contrat: UUID | None = None,
    parmi: Collection[str] | None = None,
    **lieu: str | None,
) -> tuple[int, int]:
    """Nombre de communes de la liste, et leurs habitants."""
    requete = SQL_NOMBRE.format(**_conditions(selection, variante, parmi))
    ((communes, habitants),) = _lire(requete, le, lieu, contrat, parmi=list(parmi or ()))
    return communes, habitants


def contrats_du_chiffre(
    *,
    le: date,
    variante: str = Variante.SIGNE,
    selection: str = Selection.TOUTES,
    parmi: Collection[str] | None = None,
    **lieu: str | None,
) -> list[ContratDuChiffre]:
    """Les contrats comptés ce jour-là, signés d’abord, avec ce qu’ils couvrent du lieu.

    `selection`, `parmi` : ce qu’ils couvrent de ces seules communes.
    """
    avec, codes = variante == Variante.SIGNE_OU_PROJET, list(parmi or ())
    requete = SQL_CONTRATS.format(**_conditions(selection, variante, parmi))
    lignes = _lire(requete, le, lieu, projets_aussi=avec, parmi=codes)
    return [ContratDuChiffre(*ligne) for ligne in lignes]


def contrats_par_commune(
    *, le: date, variante: str = Variante.SIGNE, **lieu: str | None
) -> dict[str, frozenset[UUID]]:
    """Les contrats comptés de chaque commune couverte."""
    avec = variante == Variante.SIGNE_OU_PROJET
    lignes = _lire(SQL_PAR_COMMUNE, le, lieu, projets_aussi=avec)
    return {commune: frozenset(contrats) for commune, contrats in lignes}


def etats_des_communes(
    le: date, *, contrat: UUID | None = None, **lieu: str | None
) -> dict[str, EtatCommune]:
    """L’état de chaque commune du lieu, par code Insee ; d’un contrat, celles de son périmètre."""
    lignes = _lire(SQL_ETATS, le, lieu, contrat)
    return {ligne[0]: EtatCommune(*ligne) for ligne in lignes}


def etats_des_epci(le: date, **lieu: str | None) -> dict[str, EtatEpci]:
    """L’état de chaque intercommunalité, par SIREN ; d’un lieu, ses seules communes du lieu."""
    return {ligne[0]: EtatEpci(*ligne) for ligne in _lire(SQL_EPCI, le, lieu)}


def comptes_par_etat(le: date, **lieu: str | None) -> dict[str, tuple[int, int]]:
    """(communes, habitants) de chaque état ; un état que rien ne porte vaut (0, 0)."""
    comptes = {etat.value: (0, 0) for etat in EtatCouverture}
    return comptes | {etat: (n, pop) for etat, n, pop in _lire(SQL_COMPTES, le, lieu)}


def _conditions(selection: str, variante: str, parmi: Collection[str] | None) -> dict[str, str]:
    return {"selection": _condition(selection, variante), "parmi": _parmi(parmi)}


def _parmi(codes: Collection[str] | None) -> str:
    return "true" if codes is None else "code = ANY(%(parmi)s)"


def _condition(selection: str, variante: str) -> str:
    couverte = COUVERTE[Variante(variante)]
    if selection == Selection.COUVERTES:
        return couverte
    if selection == Selection.NON_COUVERTES:
        return f"NOT ({couverte})"
    if selection in EtatCouverture.values:
        return f"etat = '{EtatCouverture(selection).value}'"
    return CONDITIONS[Selection(selection)]


def _lire(
    requete: str,
    le: date,
    lieu: dict[str, str | None],
    contrat: UUID | None = None,
    **plus: Any,
) -> list[tuple[Any, ...]]:
    condition, codes = sql.filtre_de_lieu(lieu)
    etats = ETATS.format(existe=sql.EXISTE, lieu=condition, contrat=DU_CONTRAT if contrat else "")
    valeurs = sql.parametres(le, avec_projets=True) | codes | plus
    valeurs |= {"bientot": dans_douze_mois(le), "contrat": contrat}
    with connection.cursor() as curseur:
        curseur.execute(f"WITH {sql.ENGAGES}, {sql.PRESENCES}, {etats} {requete}", valeurs)
        return list(curseur.fetchall())


def _commune(*ligne: Any) -> CommuneDuChiffre:
    *colonnes, contrats = ligne
    couvrants = [
        ContratCouvrant(UUID(pk), nom, est_signe, date.fromisoformat(fin) if fin else None)
        for pk, nom, est_signe, fin in contrats or ()
    ]
    signes = tuple(c for c in couvrants if c.est_signe)
    projets = tuple(c for c in couvrants if not c.est_signe)
    return CommuneDuChiffre(*[*colonnes, signes, projets])
