"""Plancher : la couverture signée par région, en un SQL direct, à la même question.

Mêmes règles que le produit : fin posée par les avenants en vigueur, démarches abandonnées ôtées,
chaque commune une fois, contrats comptés par région. Le contrôle refait le compte en Python.
"""

from datetime import date
from typing import Any

Ligne = tuple[int, int, int, int, int]

SQL = """
WITH signes AS (
    SELECT k.id FROM contrats_contrat k
    LEFT JOIN LATERAL (
        SELECT a.date_fin_avant FROM contrats_avenant a
        WHERE a.contrat_id = k.id AND a.etat = 'SIGNE' AND a.date_fin_apres IS NOT NULL
          AND (a.date_signature > %(le)s OR a.date_effet > %(le)s)
        ORDER BY greatest(a.date_signature, a.date_effet), a.numero LIMIT 1
    ) avant ON true
    WHERE k.date_signature <= %(le)s AND coalesce(k.date_debut, k.date_signature) <= %(le)s
      AND coalesce(least(k.date_fin, avant.date_fin_avant), 'infinity') >= %(le)s
      AND k.id NOT IN (SELECT x.contrat_id FROM contrats_passagephase x
                       WHERE x.vers = 'ABANDONNE' AND x.date_effet <= %(le)s)
), presences AS (
    SELECT p.commune_id, p.contrat_id FROM contrats_perimetre p JOIN signes s ON s.id = p.contrat_id
    WHERE p.date_entree <= %(le)s AND (p.date_sortie IS NULL OR p.date_sortie > %(le)s)
), contrats AS (
    SELECT c.region_id, count(DISTINCT p.contrat_id) AS nombre
    FROM presences p JOIN acteurs_commune c ON c.code = p.commune_id
    WHERE c.date_fin IS NULL OR c.date_fin > %(le)s GROUP BY c.region_id
), regions AS (
    SELECT c.region_id, sum(coalesce(c.population, 0)) AS population,
           sum(coalesce(c.population, 0)) FILTER (WHERE p.commune_id IS NOT NULL) AS couverte,
           count(*) AS communes, count(p.commune_id) AS couvertes
    FROM acteurs_commune c
    LEFT JOIN (SELECT DISTINCT commune_id FROM presences) p ON p.commune_id = c.code
    WHERE c.date_fin IS NULL OR c.date_fin > %(le)s GROUP BY c.region_id
)
SELECT r.region_id, r.population, coalesce(r.couverte, 0), r.communes, r.couvertes,
       coalesce(n.nombre, 0)
FROM regions r LEFT JOIN contrats n USING (region_id)
"""


def couverture(curseur: Any, le: date) -> dict[str, Ligne]:
    curseur.execute(SQL, {"le": le})
    return {code: tuple(int(v) for v in valeurs) for code, *valeurs in curseur.fetchall()}


def couverture_naive(curseur: Any, le: date) -> dict[str, Ligne]:
    """Contrôle : des ensembles Python, contrat par contrat, commune par commune."""
    signes = _contrats_signes(curseur, le)
    curseur.execute(
        "SELECT contrat_id, commune_id, date_entree, date_sortie FROM contrats_perimetre"
    )
    couvrants: dict[str, set[Any]] = {}
    for contrat, commune, entree, sortie in curseur.fetchall():
        if contrat in signes and entree <= le and (sortie is None or sortie > le):
            couvrants.setdefault(commune, set()).add(contrat)
    curseur.execute("SELECT code, region_id, population, date_fin FROM acteurs_commune")
    totaux: dict[str, list[int]] = {}
    contrats: dict[str, set[Any]] = {}
    for code, region, population, close in curseur.fetchall():
        if close is not None and close <= le:
            continue
        ligne = totaux.setdefault(region, [0, 0, 0, 0])
        couvrent = couvrants.get(code, set())
        contrats.setdefault(region, set()).update(couvrent)
        ligne[0] += population or 0
        ligne[2] += 1
        if couvrent:
            ligne[1] += population or 0
            ligne[3] += 1
    return {region: (*ligne, len(contrats[region])) for region, ligne in totaux.items()}


def _contrats_signes(curseur: Any, le: date) -> set[Any]:
    """La fin s’y connaît en avançant : chaque prolongation en vigueur remplace la précédente."""
    curseur.execute(
        "SELECT contrat_id, date_signature, date_effet, date_fin_avant, date_fin_apres"
        " FROM contrats_avenant WHERE etat = 'SIGNE' AND date_fin_apres IS NOT NULL"
        " ORDER BY contrat_id, greatest(date_signature, date_effet), numero"
    )
    fins: dict[Any, date] = {}
    for contrat, signature, effet, avant, apres in curseur.fetchall():
        fins.setdefault(contrat, avant)
        if max(signature, effet) <= le:
            fins[contrat] = apres
    curseur.execute(
        "SELECT contrat_id FROM contrats_passagephase"
        " WHERE vers = 'ABANDONNE' AND date_effet <= %(le)s",
        {"le": le},
    )
    abandonnes = {contrat for (contrat,) in curseur.fetchall()}
    curseur.execute("SELECT id, date_signature, date_debut, date_fin FROM contrats_contrat")
    return {
        pk
        for pk, signature, debut, fin in curseur.fetchall()
        if pk not in abandonnes
        and signature is not None
        and max(signature, debut or signature) <= le
        and all(connue >= le for connue in (fin, fins.get(pk)) if connue is not None)
    }
