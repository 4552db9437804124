"""Plancher : les valeurs de tous les contrats, par indicateur du catalogue et par année, en un SQL.

La même question, avec les mêmes garde-fous sur le secret, mais sans vérifier que les périodes d’une
année ne se recouvrent pas : le volume n’en a aucune qui se recouvre.
"""

from decimal import Decimal
from typing import Any

Ligne = tuple[int, int, Decimal, Decimal, Decimal]
SQL = """
WITH annuelles AS (
    SELECT i.modele_id, i.contrat_id, m.annee, sum(m.valeur) AS valeur
    FROM indicateurs_mesure m JOIN indicateurs_indicateur i ON i.id = m.indicateur_id
    WHERE i.contrat_id = ANY(%(contrats)s) AND i.modele_id IS NOT NULL AND m.code_territoire = ''
    GROUP BY i.modele_id, i.contrat_id, m.indicateur_id, m.annee
    HAVING count(*) = count(m.valeur)
)
SELECT modele_id, annee, count(DISTINCT contrat_id), count(*), sum(valeur), min(valeur),
       max(valeur)
FROM annuelles GROUP BY modele_id, annee
"""


def region(curseur: Any, contrats: list[Any]) -> dict[tuple[str, int], Ligne]:
    curseur.execute(SQL, {"contrats": contrats})
    return {(ligne[0], ligne[1]): tuple(ligne[2:]) for ligne in curseur.fetchall()}


def region_naive(curseur: Any, contrats: list[Any]) -> dict[tuple[str, int], Ligne]:
    """Contrôle : une valeur après l’autre, en Python."""
    curseur.execute("SELECT id, contrat_id, modele_id FROM indicateurs_indicateur")
    voulus = set(contrats)
    siens = {pk: (contrat, modele) for pk, contrat, modele in curseur.fetchall()
             if contrat in voulus and modele}  # fmt: skip
    curseur.execute("SELECT indicateur_id, annee, valeur FROM indicateurs_mesure")
    annuelles: dict[tuple[Any, int], Decimal] = {}
    for pk, annee, valeur in curseur.fetchall():
        if pk in siens:
            annuelles[pk, annee] = annuelles.get((pk, annee), Decimal(0)) + valeur
    groupes: dict[tuple[str, int], list[tuple[Any, Decimal]]] = {}
    for (pk, annee), valeur in annuelles.items():
        contrat, modele = siens[pk]
        groupes.setdefault((modele, annee), []).append((contrat, valeur))
    return {
        cle: (
            len({contrat for contrat, _ in lues}),
            len(lues),
            sum((v for _, v in lues), Decimal(0)),
            min(v for _, v in lues),
            max(v for _, v in lues),
        )
        for cle, lues in groupes.items()
    }
