"""Plancher : la carte d’une région en un SQL direct et une chaîne mise bout à bout.

Le SQL rend le nom, la population et l’état de chaque intercommunalité ; les tracés viennent du
fichier des contours, lus et mis à l’échelle une fois. Ni villes, ni légende, ni noms de contrats.
"""

import gzip
import json
from collections import Counter
from datetime import date, timedelta
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

CONTOURS = Path(__file__).resolve().parents[2] / "acteurs/donnees/contours/mailles.json.gz"
COULEURS = {
    "SIGNE": "#8f4679", "FINIT_BIENTOT": "#a05a8a", "PLUSIEURS": "#57204a", "EN_PROJET": "#f3e6ee",
    "AUCUN": "#fff",
}  # fmt: skip
SQL = """
WITH presences AS (
    SELECT p.commune_id, count(*) AS signes, max(k.date_fin) AS fin
    FROM contrats_perimetre p JOIN contrats_contrat k ON k.id = p.contrat_id
    WHERE k.date_signature <= %(le)s AND coalesce(k.date_debut, k.date_signature) <= %(le)s
      AND (k.date_fin IS NULL OR k.date_fin >= %(le)s) AND p.date_entree <= %(le)s
      AND (p.date_sortie IS NULL OR p.date_sortie > %(le)s)
      AND NOT EXISTS (SELECT 1 FROM contrats_passagephase x WHERE x.contrat_id = k.id
                      AND x.vers = 'ABANDONNE' AND x.date_effet <= %(le)s)
    GROUP BY 1
), projets AS (
    SELECT DISTINCT p.commune_id FROM contrats_perimetre p JOIN (
        SELECT DISTINCT ON (contrat_id) contrat_id, vers FROM contrats_passagephase
        WHERE date_effet <= %(le)s ORDER BY contrat_id, date_effet DESC, id DESC
    ) d ON d.contrat_id = p.contrat_id JOIN contrats_contrat k ON k.id = p.contrat_id
    WHERE d.vers IN ('INTENTION', 'PREFIGURATION', 'DIAGNOSTIC', 'ELABORATION')
      AND (k.date_fin IS NULL OR k.date_fin >= %(le)s) AND p.date_entree <= %(le)s
      AND (p.date_sortie IS NULL OR p.date_sortie > %(le)s)
), etats AS (
    SELECT coalesce(c.epci_id, c.code) AS maille, coalesce(c.population, 0) AS population,
           CASE WHEN s.signes > 1 THEN 'PLUSIEURS'
                WHEN s.fin <= %(bientot)s THEN 'FINIT_BIENTOT'
                WHEN s.signes = 1 THEN 'SIGNE'
                WHEN j.commune_id IS NOT NULL THEN 'EN_PROJET' ELSE 'AUCUN' END AS etat
    FROM acteurs_commune c LEFT JOIN presences s ON s.commune_id = c.code
    LEFT JOIN projets j ON j.commune_id = c.code
    WHERE c.region_id = %(region)s AND c.date_fin IS NULL
)
SELECT t.maille, coalesce(i.nom, t.maille), t.etat, sum(t.total) OVER (PARTITION BY t.maille)
FROM (SELECT maille, etat, sum(population) AS total,
             row_number() OVER (PARTITION BY maille ORDER BY sum(population) DESC, count(*) DESC, etat)
             AS rang FROM etats GROUP BY maille, etat) t
LEFT JOIN acteurs_epci i ON i.siren = t.maille ORDER BY t.rang, t.maille
"""


@cache
def traces(region: str) -> dict[str, str]:
    """Le tracé de chaque maille, au millième de la largeur de la France."""
    contenu = json.loads(gzip.decompress(CONTOURS.read_bytes()))
    return {
        cle.removesuffix(f"-{region}"): "".join(
            f"M{anneau[0] / 100:.1f} {anneau[1] / 100:.1f}l"
            + " ".join(f"{v / 100:.1f}" for v in anneau[2:])
            for polygone in polygones
            for anneau in polygone
        )
        for formes in contenu["plans"].values()
        for cle, polygones in formes.items()
    }


def lignes(curseur: Any, region: str, le: date) -> list[tuple[str, str, str, int]]:
    """Une ligne par maille : son état dominant vient en premier."""
    curseur.execute(SQL, {"le": le, "bientot": le + timedelta(days=365), "region": region})
    lues: dict[str, tuple[str, str, str, int]] = {}
    for ligne in curseur.fetchall():
        lues.setdefault(ligne[0], ligne)
    return list(lues.values())


def carte(curseur: Any, region: str, le: date) -> str:
    formes = traces(region)
    return "".join(
        f'<a href="/{code}/"><title>{escape(nom)}, {etat}, {population}</title>'
        f'<path fill="{COULEURS[etat]}" d="{formes.get(code, "")}"/></a>'
        for code, nom, etat, population in lignes(curseur, region, le)
    )


def comptes(curseur: Any, region: str, le: date) -> Counter[str]:
    return Counter(etat for _, _, etat, _ in lignes(curseur, region, le))
