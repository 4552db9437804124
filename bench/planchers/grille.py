"""Planchers de la grille : la même page en SQL et en chaînes ; les mêmes 240 valeurs en SQL.

La page a le même tableau à l’octet près, le rail, les onglets et le nombre de valeurs en retard ; elle
n’étudie aucune valeur, ne sait ni parts, ni rapports, ni valeurs calculées, et ses droits sont lus.
"""

import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any
from uuid import UUID

from bench.planchers import grille_morceaux as morceaux

PERSONNE = """
SELECT s.session_data, u.id, u.email, u.prenom, u.nom, u.est_administrateur
FROM django_session s, acteurs_utilisateur u
WHERE s.session_key = %s AND s.expire_date > now() AND u.id = %s AND u.is_active
"""
CONTRAT = """
SELECT c.nom, c.date_debut, c.date_fin, c.phase,
  (SELECT count(*) FROM contrats_action a WHERE a.contrat_id = c.id AND a.corbeille_le IS NULL),
  (SELECT count(*) FROM contrats_partie p WHERE p.contrat_id = c.id
   AND p.role IN ('PORTEUR', 'COPILOTE', 'SIGNATAIRE', 'COSIGNATAIRE_ASSOCIE'))
FROM contrats_contrat c WHERE c.id = %s
"""
INDICATEURS = """
SELECT i.id, i.libelle, i.unite, i.decimales, i.cible, i.annee_cible, i.sens, x.numero, x.titre
FROM indicateurs_indicateur i LEFT JOIN contrats_axe x ON x.id = i.axe_id
WHERE i.contrat_id = %s ORDER BY i.ordre, i.libelle, i.id
"""
MESURES = """
SELECT m.indicateur_id, m.annee, m.valeur, m.qualite, m.version FROM indicateurs_mesure m
JOIN indicateurs_indicateur i ON i.id = m.indicateur_id
WHERE i.contrat_id = %s AND m.code_territoire = ''
"""
PARTS = """
SELECT v.mesure_id, v.modalite_id, v.valeur FROM indicateurs_ventilation v
JOIN indicateurs_mesure m ON m.id = v.mesure_id
JOIN indicateurs_indicateur i ON i.id = m.indicateur_id WHERE i.contrat_id = %s
"""
ATTENDUS = """
SELECT i.id FROM indicateurs_indicateur i WHERE i.contrat_id = %s AND i.calcul = 'SAISIE'
  AND (NOT EXISTS (SELECT 1 FROM indicateurs_indicateur_actions l WHERE l.indicateur_id = i.id)
    OR EXISTS (SELECT 1 FROM indicateurs_indicateur_actions l JOIN contrats_action f
      ON f.id = l.action_id WHERE l.indicateur_id = i.id AND f.statut <> 'ABANDONNEE'))
"""
VERROUS = """
SELECT id FROM indicateurs_indicateur WHERE contrat_id = %s ORDER BY id FOR UPDATE
"""
LUES = """
SELECT m.id, m.indicateur_id, m.annee, m.version FROM indicateurs_mesure m
WHERE m.indicateur_id = ANY(%s) AND m.annee = ANY(%s)
"""
ECRIRE = """
UPDATE indicateurs_mesure AS t SET valeur = v.valeur, version = t.version + 1, modifie_le = now(),
  modifie_par_id = %s, modifie_via = 'page'
FROM json_to_recordset(%s::json) AS v(id uuid, valeur numeric) WHERE t.id = v.id
"""


def lire(curseur: Any, requete: str, *valeurs: Any) -> list[Any]:
    curseur.execute(requete, valeurs)
    return curseur.fetchall()


def page(curseur: Any, contrat: UUID, session: str, personne: UUID, annees: list[int]) -> str:
    _, _, email, *_ = lire(curseur, PERSONNE, session, personne)[0]
    entete = lire(curseur, CONTRAT, contrat)[0]
    indicateurs = lire(curseur, INDICATEURS, contrat)
    valeurs: dict[Any, dict[int, Any]] = defaultdict(dict)
    for pk, annee, valeur, qualite, version in lire(curseur, MESURES, contrat):
        valeurs[pk][annee] = (valeur, qualite, version)
    lire(curseur, PARTS, contrat)
    attendus = lire(curseur, ATTENDUS, contrat)
    en_retard = compter_les_retards(attendus, valeurs, entete[1], annees[-1])
    faites = sum(1 for indicateur in indicateurs if annees[-1] in valeurs[indicateur[0]])
    return "".join(
        [
            morceaux.haut(contrat, entete, email, en_retard, annees),
            morceaux.etat(contrat, annees, faites, len(indicateurs)),
            table(indicateurs, valeurs, annees),
            morceaux.bas(contrat, annees),
        ]
    )


def compter_les_retards(
    attendus: list[Any], valeurs: dict[Any, dict[int, Any]], debut: date, derniere: int
) -> int:
    """Le rythme annuel seulement, celui de ces indicateurs, passé le 31 mars."""
    echues = range(debut.year, derniere)
    return sum(1 for (pk,) in attendus for annee in echues if annee not in valeurs[pk])


def table(indicateurs: list[Any], valeurs: dict[Any, dict[int, Any]], annees: list[int]) -> str:
    colonnes = [(annee, *morceaux.colonne(annee, annees)) for annee in annees]
    lignes = "".join(ligne(i, valeurs[i[0]], colonnes) for i in indicateurs)
    tete = "".join(morceaux.tete_de_colonne(annee, annees) for annee in annees)
    return (
        '<table class="grille"><caption class="invisible">Valeurs annuelles des indicateurs, chaque '
        'année se saisit</caption><thead><tr><th scope="col">Indicateur</th>'
        f'{tete}<th scope="col" class="l-cible">Cible</th><th scope="col" class="l-evolution">'
        'Évolution</th></tr></thead><tbody><tr class="groupe"><th scope="rowgroup" '
        f'colspan="{len(annees) + 3}">Ensemble du contrat</th></tr>{lignes}</tbody></table>'
    )


def ligne(indicateur: Any, valeurs: dict[int, Any], colonnes: list[Any]) -> str:
    pk, libelle, unite, _, cible, annee_cible, sens, _, _ = indicateur
    hexa = pk.hex
    cases = "".join(case(hexa, valeurs.get(colonne[0]), *colonne) for colonne in colonnes)
    connues = [valeurs[c[0]][0] for c in colonnes if c[0] in valeurs]
    return (
        f'<tr id="ligne-{pk}"><th scope="row"><a id="l-{hexa}" href="/espace/indicateurs/{pk}/">'
        f"{escape(libelle)}</a><small>{escape(unite)}</small></th>{cases}"
        f"{morceaux.cible(nombre(cible), annee_cible, sens)}"
        f'<td class="evolution" id="v-{hexa}"><span>{etincelle(connues)}</span></td></tr>'
    )


def case(hexa: str, valeur: Any, annee: int, classe: str, vide: str) -> str:
    ecrite, version = (nombre(valeur[0]), valeur[2]) if valeur else ("", 0)
    cle = f"{hexa}.{annee}"
    return (
        f'<td id="k-{cle}"{classe}><input id="s-{cle}" class="case-valeur" name="c.{cle}:{version}"'
        f' value="{ecrite}" placeholder="{vide}" inputmode="decimal"'
        f' aria-labelledby="l-{hexa} a-{annee}"></td>'
    )


def nombre(valeur: Decimal) -> str:
    entier, _, fin = f"{valeur.normalize():f}".partition(".")
    milliers = f"{int(entier):,}".replace(",", "\u202f")
    return f"{milliers},{fin}" if fin else milliers


def etincelle(valeurs: list[Decimal]) -> str:
    bas, haut = float(min(valeurs)), float(max(valeurs))
    marge = (haut - bas) * 0.15
    bas, etendue, pas = bas - marge, (haut - bas) + 2 * marge, 76 / (len(valeurs) - 1)
    points = [(4 + n * pas, 21 - (float(v) - bas) / etendue * 16) for n, v in enumerate(valeurs)]
    trace = "L".join(f"{arrondi(x)} {arrondi(y)}" for x, y in points)
    x, y = points[-1]
    return (
        '<svg width="84" height="26" viewBox="0 0 84 26" aria-hidden="true" class="g-mini" '
        f'focusable="false"><path d="M{trace}" class="g-etincelle"/><circle cx="{arrondi(x)}" '
        f'cy="{arrondi(y)}" r="2.6" class="g-etincelle-fin"/></svg>'
    )


def arrondi(valeur: float) -> str:
    return f"{valeur:.1f}".removesuffix(".0")


def ecrire(curseur: Any, contrat: UUID, valeurs: dict[tuple[UUID, int], str], par: UUID) -> None:
    """Un verrou, une lecture, une écriture : les déclencheurs jouent comme dans le produit."""
    lire(curseur, VERROUS, contrat)
    cles = list({pk for pk, _ in valeurs})
    lues = lire(curseur, LUES, cles, sorted({annee for _, annee in valeurs}))
    document = json.dumps([{"id": str(i), "valeur": valeurs[p, a]} for i, p, a, _ in lues])
    curseur.execute(ECRIRE, [par, document])
