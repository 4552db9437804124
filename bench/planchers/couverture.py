"""Plancher : la couverture signée par région, en un SQL direct ; les contrats n’y sont pas comptés."""

from datetime import date
from typing import Any

SQL = """
SELECT c.region_id, sum(coalesce(c.population, 0)),
       coalesce(sum(coalesce(c.population, 0)) FILTER (WHERE p.commune_id IS NOT NULL), 0),
       count(*), count(p.commune_id)
FROM acteurs_commune c
LEFT JOIN (
    SELECT DISTINCT p.commune_id FROM contrats_perimetre p
    JOIN contrats_contrat k ON k.id = p.contrat_id
    WHERE k.date_signature <= %(le)s AND coalesce(k.date_debut, k.date_signature) <= %(le)s
      AND (k.date_fin IS NULL OR k.date_fin >= %(le)s)
      AND p.date_entree <= %(le)s AND (p.date_sortie IS NULL OR p.date_sortie > %(le)s)
) p ON p.commune_id = c.code
WHERE c.date_fin IS NULL GROUP BY c.region_id
"""


def couverture(curseur: Any, le: date) -> dict[str, tuple[int, int, int, int]]:
    curseur.execute(SQL, {"le": le})
    return {code: tuple(int(v) for v in valeurs) for code, *valeurs in curseur.fetchall()}


def couverture_naive(curseur: Any, le: date) -> dict[str, tuple[int, int, int, int]]:
    """Contrôle : des ensembles Python, commune par commune."""
    curseur.execute(
        "SELECT p.commune_id FROM contrats_perimetre p JOIN contrats_contrat k ON k.id=p.contrat_id"
        " WHERE k.date_signature <= %(le)s AND coalesce(k.date_debut, k.date_signature) <= %(le)s"
        " AND (k.date_fin IS NULL OR k.date_fin >= %(le)s) AND p.date_entree <= %(le)s"
        " AND (p.date_sortie IS NULL OR p.date_sortie > %(le)s)",
        {"le": le},
    )
    couvertes = {code for (code,) in curseur.fetchall()}
    curseur.execute(
        "SELECT code, region_id, population FROM acteurs_commune WHERE date_fin IS NULL"
    )
    totaux: dict[str, list[int]] = {}
    for code, region, population in curseur.fetchall():
        ligne = totaux.setdefault(region, [0, 0, 0, 0])
        ligne[0] += population or 0
        ligne[2] += 1
        if code in couvertes:
            ligne[1] += population or 0
            ligne[3] += 1
    return {region: tuple(ligne) for region, ligne in totaux.items()}
