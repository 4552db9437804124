"""Ce qui s’est passé entre deux dates : signé, commencé, fini, arrêté, modifié, entré, sorti."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import TextChoices

from cls_platform.socle import typographie
from contrats import couverture_sql as sql
from contrats.couverture_periodes import PERIODES, parametres
from contrats.couverture_place import Place


class GenreEvenement(TextChoices):
    SIGNE = "SIGNE", "Contrat signé"
    DEBUT = "DEBUT", "Contrat commencé, signé plus tôt"
    FIN = "FIN", "Contrat fini"
    ARRET = "ARRET", "Démarche arrêtée"
    AVENANT = "AVENANT", "Avenant en vigueur"
    ENTREE = "ENTREE", "Communes entrées"
    SORTIE = "SORTIE", "Communes sorties"


@dataclass(frozen=True, slots=True)
class Evenement:
    """`communes` et `population` : celles du territoire regardé que l’événement touche.

    `precision` : l’objet d’un avenant, la raison d’un arrêt. `jusqu_au` : la fin qui en résulte,
    telle qu’on la connaissait ce jour-là.
    """

    genre: str
    le: date
    contrat: UUID
    contrat_nom: str
    precision: str
    jusqu_au: date | None
    communes: int
    population: int
    est_signe: bool
    noms: tuple[str, ...]


# Un contrat compte encore le jour de sa fin : l’événement est du lendemain, comme une sortie. Il
# finit autant de fois qu’il cesse de compter : une prolongation tardive le fait reprendre.
# Une commune présente dès le premier jour du contrat n’« entre » pas : elle en fait partie.
SQL = """
WITH {periodes}, lieu AS (
    SELECT c.code, c.nom, c.cle_tri, coalesce(c.population, 0) AS population
    FROM acteurs_commune c WHERE true{lieu}
), debuts AS (
    SELECT k.id, min(p.date_entree) AS premiere_entree,
           least(min(p.date_entree), greatest(k.date_signature, k.date_debut)) AS depart
    FROM contrats_contrat k JOIN contrats_perimetre p ON p.contrat_id = k.id GROUP BY k.id
), arrets AS (
    SELECT contrat_id, min(date_effet) AS le,
           (array_agg(raison ORDER BY date_effet, id))[1] AS raison
    FROM contrats_passagephase WHERE vers = %(abandon)s GROUP BY contrat_id
), premieres_fins AS (
    SELECT f.contrat_id, least(k.date_fin, f.fin) AS fin
    FROM fins f JOIN contrats_contrat k ON k.id = f.contrat_id WHERE f.de = '-infinity'
), faits AS (
    SELECT 'SIGNE' AS genre, k.date_signature AS le, k.id AS contrat_id, ''::text AS precision,
           f.fin AS jusqu_au
    FROM contrats_contrat k JOIN premieres_fins f ON f.contrat_id = k.id
    WHERE k.date_signature BETWEEN %(du)s AND %(au)s
    UNION ALL
    SELECT 'DEBUT', k.date_debut, k.id, '', f.fin
    FROM contrats_contrat k JOIN premieres_fins f ON f.contrat_id = k.id
    WHERE k.date_signature < k.date_debut AND k.date_debut BETWEEN %(du)s AND %(au)s
    UNION ALL
    SELECT 'FIN', r.a, r.contrat_id, '', r.a - 1 FROM periodes r
    WHERE r.est_signe AND r.a BETWEEN %(du)s AND %(au)s
      AND NOT EXISTS (SELECT 1 FROM periodes s WHERE s.contrat_id = r.contrat_id
                      AND s.est_signe AND s.de = r.a)
      AND NOT EXISTS (SELECT 1 FROM arrets x WHERE x.contrat_id = r.contrat_id AND x.le = r.a)
    UNION ALL
    SELECT 'ARRET', le, contrat_id, raison, NULL FROM arrets WHERE le BETWEEN %(du)s AND %(au)s
    UNION ALL
    SELECT 'AVENANT', greatest(a.date_signature, a.date_effet), a.contrat_id,
           format('N° %%s : %%s', a.numero, rtrim(a.objet, '. ')), a.date_fin_apres
    FROM contrats_avenant a WHERE a.etat = %(etat_signe)s
      AND greatest(a.date_signature, a.date_effet) BETWEEN %(du)s AND %(au)s
), presents AS (
    SELECT f.*, l.nom, l.cle_tri, l.population
    FROM faits f JOIN contrats_perimetre p ON p.contrat_id = f.contrat_id
    JOIN lieu l ON l.code = p.commune_id JOIN debuts d ON d.id = f.contrat_id
    WHERE p.date_entree <= CASE WHEN f.genre IN ('SIGNE', 'DEBUT')
                                THEN greatest(f.le, d.premiere_entree)
                                WHEN f.genre = 'FIN' THEN f.le - 1 ELSE f.le END
      AND (p.date_sortie IS NULL OR p.date_sortie >= f.le)
    UNION ALL
    SELECT 'ENTREE', p.date_entree, p.contrat_id, '', NULL, l.nom, l.cle_tri, l.population
    FROM contrats_perimetre p JOIN lieu l ON l.code = p.commune_id
    JOIN debuts d ON d.id = p.contrat_id
    WHERE p.date_entree BETWEEN %(du)s AND %(au)s AND p.date_entree > d.depart
    UNION ALL
    SELECT 'SORTIE', p.date_sortie, p.contrat_id, '', NULL, l.nom, l.cle_tri, l.population
    FROM contrats_perimetre p JOIN lieu l ON l.code = p.commune_id
    WHERE p.date_sortie BETWEEN %(du)s AND %(au)s
)
SELECT e.genre, e.le, k.id, k.nom, e.precision, e.jusqu_au, count(*), sum(e.population)::bigint,
       k.date_signature IS NOT NULL, (array_agg(e.nom ORDER BY e.population DESC, e.cle_tri))[1:6]
FROM presents e JOIN contrats_contrat k ON k.id = e.contrat_id
GROUP BY e.genre, e.le, k.id, e.precision, e.jusqu_au
ORDER BY e.le DESC, k.cle_tri, e.genre
"""


def evenements(du: date, au: date, place: Place) -> list[Evenement]:
    """Du plus récent au plus ancien, bornes comprises ; une requête."""
    condition, codes = sql.filtre_de_lieu(place.lieu)
    with connection.cursor() as curseur:
        curseur.execute(
            SQL.format(periodes=PERIODES, lieu=condition),
            {**parametres(), "du": du, "au": au} | codes,
        )
        return [Evenement(*[*ligne, tuple(noms)]) for *ligne, noms in curseur.fetchall()]


def reunir(faits: Sequence[Evenement]) -> list[Evenement]:
    """Un contrat signé puis commencé entre les deux dates ne se lit qu’une fois, à sa signature."""
    signes = {fait.contrat for fait in faits if fait.genre == GenreEvenement.SIGNE}
    debuts = {fait.contrat: fait.le for fait in faits if fait.genre == GenreEvenement.DEBUT}
    return [
        replace(fait, precision=f"Commence le {typographie.date_longue(debuts[fait.contrat])}")
        if fait.genre == GenreEvenement.SIGNE and fait.contrat in debuts
        else fait
        for fait in faits
        if fait.genre != GenreEvenement.DEBUT or fait.contrat not in signes
    ]
