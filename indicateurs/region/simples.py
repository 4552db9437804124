"""Les valeurs annuelles qui se réunissent d’elles-mêmes, additionnées par la base.

Simple : une seule ligne pour l’année et tout le territoire ; ou, d’un indicateur qui s’additionne,
des périodes connues qui ne partagent aucun mois. Tout le reste est rendu à part, pour être composé
par la règle commune (`indicateurs.calcul.composition`), qui n’est pas écrite deux fois.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import connection

from indicateurs.calcul.facteur import facteur

# Douze bits, un par mois touché : des périodes sont disjointes quand leur somme est leur réunion
MOIS = """
((1 << date_part('month', m.periode_fin)::int) - 1) & ~((1 << CASE
    WHEN m.periode_debut < make_date(m.annee, 1, 1) THEN 0
    ELSE date_part('month', m.periode_debut)::int - 1 END) - 1)
"""
SQL = f"""
WITH choisis AS (
    SELECT i.id, i.contrat_id, i.modele_id, i.agregation, f.facteur
    FROM indicateurs_indicateur i
    JOIN unnest(%(modeles)s::text[], %(unites)s::text[], %(agregations)s::text[],
                %(facteurs)s::int[]) AS f(code, unite, agregation, facteur)
      ON f.code = i.modele_id AND f.unite = i.unite AND f.agregation = i.agregation
    WHERE i.contrat_id = ANY(%(contrats)s) AND i.calcul = 'SAISIE'
), lignes AS (
    SELECT c.*, a.* FROM choisis c CROSS JOIN LATERAL (
        SELECT annee, count(*) AS lignes, count(valeur) AS connues, sum(valeur) AS valeur,
               sum(numerateur) AS haut, sum(denominateur) AS bas,
               count(numerateur) AS hauts, count(denominateur) AS bases,
               bool_or(qualite = 'SECRET_STATISTIQUE') AS est_secrete,
               bool_or(code_territoire <> '') AS a_des_parties,
               sum(mois) <> bit_or(mois) AS se_recouvre
        FROM (
            SELECT m.*, {MOIS} AS mois FROM indicateurs_mesure m
            WHERE m.indicateur_id = c.id AND (%(annee)s::int IS NULL OR m.annee = %(annee)s)
            OFFSET 0
        ) AS siennes GROUP BY annee
    ) AS a
), annuelles AS MATERIALIZED (
    SELECT contrat_id, modele_id, id, annee, haut, bas, est_secrete, connues = 0 AS est_vide,
           CASE WHEN agregation = 'RATIO' AND lignes > 1
                THEN round(haut / nullif(bas, 0) * facteur, 4) ELSE valeur END AS valeur,
           hauts = lignes AND bases = lignes AND bas > 0 AS a_ses_nombres,
           bases = lignes AND bas > 0 AS a_un_poids,
           NOT a_des_parties AND (lignes = 1 OR (
               agregation = 'SOMME'
               OR agregation = 'RATIO' AND hauts = lignes AND bases = lignes
           ) AND connues = lignes AND NOT se_recouvre) AS est_simple
    FROM lignes
)
SELECT modele_id, annee, array_agg(DISTINCT contrat_id) FILTER (WHERE valeur IS NOT NULL),
       count(valeur), sum(valeur), min(valeur), max(valeur),
       count(*) FILTER (WHERE a_ses_nombres), sum(haut) FILTER (WHERE a_ses_nombres),
       sum(bas) FILTER (WHERE a_ses_nombres),
       count(valeur) FILTER (WHERE a_un_poids), sum(valeur * bas) FILTER (WHERE a_un_poids),
       sum(bas) FILTER (WHERE a_un_poids AND valeur IS NOT NULL),
       count(*) FILTER (WHERE est_secrete), count(*) FILTER (WHERE est_vide AND NOT est_secrete)
FROM annuelles WHERE est_simple GROUP BY modele_id, annee
UNION ALL
SELECT NULL, annee, array_agg(id), 0, NULL, NULL, NULL, 0, NULL, NULL, 0, NULL, NULL,
       0, 0
FROM annuelles WHERE NOT est_simple GROUP BY annee
"""  # noqa: S608  (deux morceaux d’ici)


@dataclass(slots=True, kw_only=True)
class Somme:
    """Ce qu’une année d’un indicateur du catalogue réunit, sur les contrats qui la connaissent.

    `avec_nombres` : les valeurs qui ont leurs deux nombres, `haut` et `bas` leurs sommes ;
    `avec_poids` : celles qui ont un dénominateur, `ponderee` la somme des valeurs pondérées.
    """

    contrats: set[UUID]
    valeurs: int = 0
    total: Decimal = Decimal(0)
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    avec_nombres: int = 0
    haut: Decimal = Decimal(0)
    bas: Decimal = Decimal(0)
    avec_poids: int = 0
    ponderee: Decimal = Decimal(0)
    poids: Decimal = Decimal(0)
    secretes: int = 0
    indisponibles: int = 0


Sommes = dict[tuple[str, int], Somme]


def sommes_simples(
    contrats: Collection[UUID], comparables: Collection[tuple[str, str, str]], annee: int | None
) -> tuple[Sommes, set[tuple[UUID, int]]]:
    """(sommes par modèle et par année, couples indicateur–année à composer) ; une requête.

    Indicateur par indicateur (LATERAL) : quelques lignes à la fois, jamais un tri sur le disque.

    `comparables` : (modèle, unité, agrégation) des indicateurs à compter. `annee` : elle seule.
    """
    rangs = list(comparables)
    parametres = {
        "contrats": list(contrats),
        "annee": annee,
        "modeles": [modele for modele, _, _ in rangs],
        "unites": [unite for _, unite, _ in rangs],
        "agregations": [agregation for _, _, agregation in rangs],
        "facteurs": [facteur(unite) for _, unite, _ in rangs],
    }
    sommes: Sommes = {}
    a_composer: set[tuple[UUID, int]] = set()
    with connection.cursor() as curseur:
        curseur.execute(SQL, parametres)
        for modele, an, cles, *nombres in curseur.fetchall():
            if modele is None:
                a_composer |= {(cle, an) for cle in cles}
            else:
                sommes[modele, an] = _somme(cles, nombres)
    return sommes, a_composer


def _somme(cles: list[UUID] | None, nombres: list) -> Somme:
    n, total, bas_v, haut_v, couples, haut, bas, peses, ponderee, poids, secretes, sans = nombres
    zero = Decimal(0)
    return Somme(
        contrats=set(cles or ()),
        valeurs=n,
        total=total or zero,
        minimum=bas_v,
        maximum=haut_v,
        avec_nombres=couples,
        haut=haut or zero,
        bas=bas or zero,
        avec_poids=peses,
        ponderee=ponderee or zero,
        poids=poids or zero,
        secretes=secretes,
        indisponibles=sans,
    )
