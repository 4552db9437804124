"""Plancher : la page d’un plan, en SQL direct et en chaînes formatées.

Les mêmes lectures (session, personne, contrat et ses comptes, plan, choix des filtres, phases) et le
même contenu que la page : menus, répartition, axes, fiches modifiables sur place.
"""

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from html import escape
from itertools import groupby
from typing import Any
from uuid import UUID

from bench.planchers import plan_morceaux as morceaux

PERSONNE = """
SELECT s.session_data, u.id, u.email, u.prenom, u.nom, u.est_administrateur
FROM django_session s, acteurs_utilisateur u
WHERE s.session_key = %s AND s.expire_date > now() AND u.id = %s AND u.is_active
"""
CONTRAT = """
SELECT c.nom, c.phase, c.date_debut, c.date_fin, c.date_signature,
  (SELECT count(*) FROM contrats_partie WHERE contrat_id = c.id
   AND role IN ('PORTEUR', 'COPILOTE', 'SIGNATAIRE', 'COSIGNATAIRE_ASSOCIE')),
  (SELECT count(*) FROM contrats_perimetre WHERE contrat_id = c.id AND date_sortie IS NULL),
  (SELECT sum(m.population) FROM contrats_perimetre p JOIN acteurs_commune m ON m.code = p.commune_id
   WHERE p.contrat_id = c.id AND p.date_sortie IS NULL)
FROM contrats_contrat c WHERE c.id = %s
"""
PASSAGES = """
SELECT vers, date_effet FROM contrats_passagephase WHERE contrat_id = %s ORDER BY date_effet, id
"""
OBJECTIFS = """
SELECT id, axe_id, numero, titre FROM contrats_objectif WHERE contrat_id = %s
ORDER BY ordre, numero, id
"""
POPULATIONS = """
SELECT code, libelle FROM contrats_population WHERE code IN (
  SELECT p.population_id FROM contrats_action_populations p JOIN contrats_action a ON a.id = p.action_id
  WHERE a.contrat_id = %s) ORDER BY ordre, libelle
"""
ARGENT = """
SELECT coalesce(sum(coalesce(f.montant_accorde, f.montant_verse, f.montant_demande)), 0)
FROM contrats_financement f JOIN contrats_action a ON a.id = f.action_id
WHERE a.contrat_id = %s AND f.statut <> 'REFUSE'
"""
COUTS = """
SELECT l.action_id, sum(coalesce(l.prevu, l.realise)) FROM contrats_lignebudget l
JOIN contrats_action a ON a.id = l.action_id
WHERE a.contrat_id = %s AND l.unite = 'EUROS' AND NOT l.est_valorisation GROUP BY l.action_id
"""
POINTS = """
SELECT count(*) FILTER (WHERE
    a.statut IN ('A_VENIR', 'EN_COURS', 'EN_RETARD', 'EN_PAUSE', 'BLOQUEE') AND EXISTS (
      SELECT 1 FROM contrats_jalon j WHERE j.action_id = a.id AND j.fait_le IS NULL
      AND NOT j.est_abandonne AND j.echeance < %s)),
  count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM contrats_lignebudget l WHERE l.action_id = a.id)),
  count(*) FILTER (WHERE NOT EXISTS (
    SELECT 1 FROM indicateurs_indicateur_actions i WHERE i.action_id = a.id))
FROM contrats_action a WHERE a.contrat_id = %s
"""
THEMES = """
SELECT code, libelle FROM contrats_theme WHERE code IN (
  SELECT t.theme_id FROM contrats_action_themes t JOIN contrats_action a ON a.id = t.action_id
  WHERE a.contrat_id = %s) ORDER BY ordre, libelle
"""
FICHES = """
SELECT x.id, x.numero, x.titre, a.id, a.numero, a.titre,
  CASE WHEN a.date_fin < %s AND a.statut IN ('A_VENIR', 'EN_COURS') THEN 'EN_RETARD'
       ELSE a.statut END,
  a.date_fin, a.pilote_id, p.nom,
  CASE WHEN a.statut = 'REALISEE' THEN 1 WHEN j.n > 0 THEN j.faits::float / j.n
       WHEN a.statut = 'REALISEE_PARTIELLEMENT' THEN 0.5 ELSE 0 END,
  a.objectif_id
FROM contrats_action a
JOIN contrats_axe x ON x.id = a.axe_id
LEFT JOIN acteurs_acteur p ON p.id = a.pilote_id
CROSS JOIN LATERAL (SELECT count(*) AS n, count(fait_le) AS faits
                    FROM contrats_jalon WHERE action_id = a.id) j
WHERE a.contrat_id = %s ORDER BY x.ordre, x.numero, x.id, a.ordre, a.numero, a.id
"""


def page(curseur: Any, contrat: UUID, session: str, personne: UUID, le: date) -> str:
    lire(curseur, PERSONNE, session, personne)
    entete = lire(curseur, CONTRAT, contrat)[0]
    phases, objectifs = lire(curseur, PASSAGES, contrat), lire(curseur, OBJECTIFS, contrat)
    themes, publics = lire(curseur, THEMES, contrat), lire(curseur, POPULATIONS, contrat)
    fiches, points = lire(curseur, FICHES, le, contrat), lire(curseur, POINTS, le, contrat)[0]
    couts = dict(lire(curseur, COUTS, contrat))
    argent = sum(couts.values()), lire(curseur, ARGENT, contrat)[0][0]
    return "".join(
        [
            morceaux.haut(contrat, entete, phases, len(objectifs)),
            filtres(contrat, fiches, themes, publics),
            resume(contrat, fiches, points, argent),
            table(fiches, objectifs, couts, le),
            morceaux.BAS,
        ]
    )


def lire(curseur: Any, sql: str, *valeurs: Any) -> list[Any]:
    curseur.execute(sql, valeurs, prepare=True)
    return list(curseur.fetchall())


def filtres(contrat: UUID, fiches: list[Any], themes: list[Any], publics: list[Any]) -> str:
    presents = {fiche[6] for fiche in fiches}
    statuts = [(s, mot) for s, (mot, *_) in morceaux.STATUTS.items() if s in presents]
    pilotes = sorted({f[8]: f[9] for f in fiches if f[8]}.items(), key=lambda paire: paire[1])
    choix = (
        ("Statut", "statut", statuts),
        ("Pilote", "pilote", pilotes),
        ("Thème", "theme", themes),
        ("Public", "population", publics),
    )
    menus = "".join(
        f'<details class="deroulant" data-cls-menu><summary class="filtre">{libelle}'
        f'{morceaux.icone("bas")}</summary><div class="deroulant-liste">'
        + "".join(
            f'<a href="/espace/contrats/{contrat}/plan/?{nom}={valeur}">{escape(mot)}</a>'
            for valeur, mot in valeurs
        )
        + "</div></details>"
        for libelle, nom, valeurs in choix
    )
    return morceaux.RECHERCHE.replace("<!-- menus -->", menus)


def resume(contrat: UUID, fiches: list[Any], points: Any, argent: Any) -> str:
    comptes = Counter(fiche[6] for fiche in fiches)
    puces = "".join(
        f'<a class="puce" href="/espace/contrats/{contrat}/plan/?{nom}=true">{mot} <b>{n}</b></a>'
        for nom, mot, n in (
            ("en_retard", "En retard", comptes["EN_RETARD"]),
            ("a_risque", "À risque", points[0]),
            ("sans_pilote", "Sans pilote", sum(not f[8] for f in fiches)),
            ("sans_echeance", "Sans échéance", sum(not f[7] for f in fiches)),
            ("sans_budget", "Sans budget", points[1]),
            ("sans_indicateur", "Sans indicateur", points[2]),
        )
        if n
    )
    parts = [(s, comptes[s], mots) for s, mots in morceaux.STATUTS.items() if comptes[s]]
    barre, debut = "", 0.0
    for s, n, _ in parts:
        largeur = n * 100 / len(fiches)
        barre += f'<rect class="st-{s}" x="{debut:.3f}%" width="{largeur:.3f}%" height="8"/>'
        debut += largeur
    mots = "".join(
        f'<span class="statut st-{s}">{morceaux.icone(f"st-{s}", "forme")}<span><b>{n}</b> '
        f"{seul if n == 1 else plusieurs}</span></span>"
        for s, n, (_, seul, plusieurs) in parts
    )
    return (
        f'<div class="puces" role="group">{puces}</div><div class="feuille"><div class="feuille-tete">'
        f"<p><b>{len(fiches)}\u00a0fiches</b></p><p>Avancement {morceaux.avance(moyenne(fiches))}</p>"
        f'<p>{morceaux.cout(*argent)}</p><svg class="segments">{barre}</svg>'
        f'<p class="repartition">{mots}</p></div>'
    )


def table(fiches: list[Any], objectifs: list[Any], couts: dict[UUID, Decimal], le: date) -> str:
    """Sous chaque axe, ses fiches directes, puis celles de ses objectifs."""
    sortie = [morceaux.TETE_DE_TABLE]
    for (cle, numero, titre), groupe in groupby(fiches, key=lambda fiche: fiche[:3]):
        siennes = list(groupe)
        sortie.append(
            morceaux.axe(
                cle,
                f"Axe {numero}. {titre}",
                len(siennes),
                moyenne(siennes),
                somme(siennes, couts),
            )
        )
        par_objectif: dict[Any, list[Any]] = defaultdict(list)
        for fiche in siennes:
            par_objectif[fiche[11]].append(fiche)
        sortie += [morceaux.fiche(f, couts.get(f[3]), le) for f in par_objectif[None]]
        for objectif, axe, rang, nom in objectifs:
            if axe == cle:
                dessous = par_objectif[objectif]
                part, cout = dessous and moyenne(dessous), somme(dessous, couts)
                sortie.append(morceaux.objectif(rang, nom, part, cout))
                sortie += [morceaux.fiche(f, couts.get(f[3]), le) for f in dessous]
        sortie.append("</tbody>")
    return "".join([*sortie, "</table>"])


def somme(fiches: list[Any], couts: dict[UUID, Decimal]) -> Decimal | None:
    """None quand aucune de ces fiches n’a de montant."""
    siens = [couts[fiche[3]] for fiche in fiches if fiche[3] in couts]
    return sum(siens, Decimal(0)) if siens else None


def moyenne(fiches: list[Any]) -> float:
    parts = [fiche[10] for fiche in fiches if fiche[6] != "ABANDONNEE"]
    return sum(parts) / len(parts) if parts else 0
