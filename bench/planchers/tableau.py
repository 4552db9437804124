"""Plancher : le plan en tableau, filtré et trié, en SQL direct et en chaînes formatées.

Les mêmes lectures et le même contenu que la page : menus, filtres posés, points à traiter, colonnes et
tris proposés, une ligne par fiche. Le filtre est celui de la charge : plusieurs statuts, une date, une
absence ; le tri est l’échéance, la plus lointaine d’abord.
"""

from collections import defaultdict
from datetime import date
from html import escape
from typing import Any
from uuid import UUID

from bench.planchers import plan
from bench.planchers import plan_morceaux as morceaux

DEPUIS = date(2024, 1, 1)
STATUTS = ("EN_COURS", "A_VENIR", "EN_RETARD", "REALISEE", "BLOQUEE")
POSES = (
    *(f"Statut : {morceaux.STATUTS[statut][0]}" for statut in STATUTS),
    "Échéance à partir du : 1ᵉʳ janv. 2024",
    "Sans indicateur",
)
COLONNES = {
    "axe": "Axe", "objectif": "Objectif", "statut": "Statut", "pilote": "Pilote",
    "partenaires": "Partenaires", "themes": "Thèmes", "sous_themes": "Sous-thèmes",
    "publics": "Publics", "debut": "Début", "echeance": "Échéance", "avancement": "Avancement",
    "priorite": "Priorité", "origine": "Origine", "prevention": "Prévention",
    "modifiee": "Modifiée",
}  # fmt: skip
CHOISIES = ("axe", "objectif", "statut", "pilote", "partenaires", "themes", "echeance",
            "avancement", "priorite")  # fmt: skip
TRIS = ("titre", "axe", "objectif", "statut", "pilote", "debut", "echeance", "avancement",
        "priorite", "modifiee")  # fmt: skip
PRIORITES = {"ELEVE": "Élevée", "MOYEN": "Moyenne", "BAS": "Basse"}
FICHES = """
SELECT x.id, x.numero, x.titre, a.id, a.numero, a.titre, s.affiche, a.date_fin, a.pilote_id, p.nom,
  CASE WHEN a.statut = 'REALISEE' THEN 1 WHEN j.n > 0 THEN j.faits::float / j.n
       WHEN a.statut = 'REALISEE_PARTIELLEMENT' THEN 0.5 ELSE 0 END,
  o.numero, o.titre, a.priorite
FROM contrats_action a
JOIN contrats_axe x ON x.id = a.axe_id
LEFT JOIN contrats_objectif o ON o.id = a.objectif_id
LEFT JOIN acteurs_acteur p ON p.id = a.pilote_id
CROSS JOIN LATERAL (
  SELECT CASE WHEN a.date_fin < %s AND a.statut IN ('A_VENIR', 'EN_COURS') THEN 'EN_RETARD'
         ELSE a.statut END AS affiche) s
CROSS JOIN LATERAL (SELECT count(*) AS n, count(fait_le) AS faits
                    FROM contrats_jalon WHERE action_id = a.id AND NOT est_abandonne) j
WHERE a.contrat_id = %s AND a.corbeille_le IS NULL AND s.affiche = ANY(%s) AND a.date_fin >= %s
  AND NOT EXISTS (SELECT 1 FROM indicateurs_indicateur_actions i WHERE i.action_id = a.id)
ORDER BY a.date_fin DESC NULLS LAST, x.ordre, o.ordre NULLS FIRST, a.ordre, a.numero, a.id
"""
PARTENAIRES = """
SELECT DISTINCT l.action_id, c.cle_tri, c.id, c.nom FROM contrats_actionacteur l
JOIN acteurs_acteur c ON c.id = l.acteur_id WHERE l.action_id = ANY(%s) ORDER BY c.cle_tri, c.id
"""
THEMES = """
SELECT l.action_id, t.ordre, t.code, t.libelle FROM contrats_action_themes l
JOIN contrats_theme t ON t.code = l.theme_id WHERE l.action_id = ANY(%s)
ORDER BY t.ordre, t.libelle
"""
POINTS = """
SELECT count(*), count(*) FILTER (WHERE
    a.statut IN ('A_VENIR', 'EN_COURS', 'EN_RETARD', 'EN_PAUSE', 'BLOQUEE') AND EXISTS (
      SELECT 1 FROM contrats_jalon j WHERE j.action_id = a.id AND j.fait_le IS NULL
      AND NOT j.est_abandonne AND j.echeance < %s)),
  count(*) FILTER (WHERE a.date_fin < %s AND a.statut IN ('A_VENIR', 'EN_COURS')),
  count(*) FILTER (WHERE a.pilote_id IS NULL),
  count(*) FILTER (WHERE a.date_fin IS NULL),
  count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM contrats_lignebudget l WHERE l.action_id = a.id))
FROM contrats_action a WHERE a.contrat_id = %s AND a.corbeille_le IS NULL
"""
NOMS_DES_POINTS = (
    ("a_risque", "À risque"), ("en_retard", "En retard"), ("sans_pilote", "Sans pilote"),
    ("sans_echeance", "Sans échéance"), ("sans_budget", "Sans budget"),
)  # fmt: skip
# L’ordre où la page les montre
RANGS = ("en_retard", "a_risque", "sans_pilote", "sans_echeance", "sans_budget")
VIDE = '<span class="discret">–<span class="invisible"> non renseigné</span></span>'
OUTILS = (
    '<div class="rangee outils-de-vue"><details class="deroulant"><summary class="filtre">Colonnes'
    "</summary><form><fieldset><legend>Colonnes à montrer</legend>"
    + "".join(
        f'<label class="case"><input class="coche" type="checkbox" name="colonnes" value="{code}"'
        f"{' checked' if code in CHOISIES else ''}> {libelle}</label>"
        for code, libelle in COLONNES.items()
    )
    + '</fieldset><button class="bouton court" type="submit">Montrer ces colonnes</button></form>'
    '</details><details class="deroulant"><summary class="filtre">Trier par</summary><div>'
    + "".join(f'<a href="?tri={code}">{COLONNES.get(code) or "Fiche action"}</a>' for code in TRIS)
    + "</div></details></div>"
)
TETE = (
    '<div class="feuille"><table class="tableau empile fiches serre"><caption>Fiches actions, une '
    "par ligne</caption><thead><tr><th>Choix</th><th><a>N°</a></th><th><a>Fiche action</a></th>"
    + "".join(
        f"<th><a>{COLONNES[code]}</a>"
        f"{'<span>, tri décroissant</span>' if code == 'echeance' else ''}</th>"
        for code in CHOISIES
    )
    + "</tr></thead><tbody>"
)


def page(curseur: Any, contrat: UUID, session: str, personne: UUID, le: date) -> str:
    plan.lire(curseur, plan.PERSONNE, session, personne)
    entete = plan.lire(curseur, plan.CONTRAT, contrat)[0]
    themes = plan.lire(curseur, plan.THEMES, contrat)
    publics = plan.lire(curseur, plan.POPULATIONS, contrat)
    fiches = plan.lire(curseur, FICHES, le, contrat, list(STATUTS), DEPUIS)
    points = plan.lire(curseur, POINTS, le, le, contrat)[0]
    cles = [fiche[3] for fiche in fiches]
    partenaires = noms(plan.lire(curseur, PARTENAIRES, cles))
    des_themes = noms(plan.lire(curseur, THEMES, cles))
    return "".join(
        [
            morceaux.haut(contrat, entete, [], 0),
            plan.filtres(contrat, fiches, themes, publics),
            puces(contrat, points),
            f'<p class="compte-de-la-vue"><b>{len(fiches)}\u00a0fiches</b> sur {points[0]}</p>',
            OUTILS,
            TETE,
            *(ligne(fiche, partenaires, des_themes, le) for fiche in fiches),
            "</tbody></table></div>",
            morceaux.BAS,
        ]
    )


def noms(lignes: list[Any]) -> dict[UUID, str]:
    par_fiche: dict[UUID, list[str]] = defaultdict(list)
    for action, _, _, nom in lignes:
        par_fiche[action].append(nom)
    return {action: escape(", ".join(siens)) for action, siens in par_fiche.items()}


def puces(contrat: UUID, points: Any) -> str:
    adresse = f"/espace/contrats/{contrat}/plan/?vue=tableau"
    nombres = {code: (mot, points[rang]) for rang, (code, mot) in enumerate(NOMS_DES_POINTS, 1)}
    return (
        '<div class="puces" role="group">'
        + "".join(
            f'<a class="puce active" href="{adresse}"><span>Retirer le filtre : </span>{mot}'
            f"{morceaux.icone('croix')}</a>"
            for mot in POSES
        )
        + "".join(
            f'<a class="puce" href="{adresse}&amp;{code}=true">{nombres[code][0]} '
            f"<b>{nombres[code][1]}</b></a>"
            for code in RANGS
            if nombres[code][1]
        )
        + "</div>"
    )


def ligne(fiche: Any, partenaires: dict[UUID, str], themes: dict[UUID, str], le: date) -> str:
    (
        _,
        n_axe,
        axe,
        cle,
        numero,
        titre,
        statut,
        fin,
        _,
        pilote,
        part,
        n_objectif,
        objectif,
        urgence,
    ) = fiche
    ecrit = escape(titre)
    forme = morceaux.icone(f"st-{statut}", "forme")
    etat = f'<span class="statut st-{statut}">{forme}{morceaux.STATUTS[statut][0]}</span>'
    cellules = (
        ("axe", escape(f"{n_axe} {axe}")),
        ("objectif", escape(f"{n_objectif} {objectif}") if objectif else ""),
        ("statut", etat),
        ("pilote", morceaux.personne(pilote) if pilote else ""),
        ("partenaires", partenaires.get(cle, "")),
        ("themes", themes.get(cle, "")),
        ("echeance", morceaux.echeance(cle, statut, fin, le)),
        ("avancement", morceaux.avance(part)),
        ("priorite", PRIORITES.get(urgence, "")),
    )  # fmt: skip
    return (
        f'<tr><td class="c-coche"><input class="coche" type="checkbox" form="lot" name="fiche" '
        f'value="{cle}" aria-label="Cocher la fiche {escape(numero)} {ecrit}"></td>'
        f'<td class="num">{escape(numero)}</td><th scope="row"><a href="/espace/actions/{cle}/">'
        f"{ecrit}</a></th>"
        + "".join(
            f'<td class="c-{code}" data-titre="{COLONNES[code]}">{valeur or VIDE}</td>'
            for code, valeur in cellules
        )
        + "</tr>"
    )
