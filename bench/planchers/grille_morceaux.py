"""Les morceaux de HTML du plancher W12 : le haut et le bas de la page, ses colonnes."""

from html import escape
from typing import Any
from uuid import UUID

PIECES = (
    ("", "Vue d’ensemble", "accueil"),
    ("plan/", "Plan d’actions", "plan"),
    ("plan/budget/", "Budget", "euro"),
    ("gouvernance/", "Gouvernance", "calendrier"),
    ("perimetre/", "Périmètre", "carte"),
    ("signataires/", "Signataires", "contrat"),
    ("avenants/", "Avenants", "document"),
    ("equipe/", "Équipe", "personnes"),
    ("indicateurs/", "Indicateurs", "graphe"),
    ("evaluation/", "Évaluation", "coche"),
    ("bilans/", "Bilans", "bilan"),
)
ONGLETS = (
    ("", "Saisie"),
    ("trajectoires/", "Trajectoires"),
    ("comparaison/", "Comparaison"),
    ("echeances/", "Échéances"),
    ("chaine/", "Chaîne"),
    ("beneficiaires/", "Bénéficiaires"),
)
SENS = {"HAUSSE": ("↗", "à augmenter, "), "BAISSE": ("↘", "à réduire, "), "NEUTRE": ("", "")}
RECHERCHE = (
    '<form class="barre-recherche" role="search" action="/espace/" method="get"><label '
    'class="invisible">Chercher un contrat ou une commune</label><input name="recherche" '
    'type="search" placeholder="Un contrat, une commune" autocomplete="off"></form>'
)
LEGENDE = (
    '<p class="source">p : valeur provisoire. e : valeur estimée. secret : valeur masquée (secret '
    "statistique). — : pas encore mesuré. Dans une case, écrivez « 12,4 p », « 540 e », « secret » "
    "ou « nd » ; un rapport, « 5 184 / 41 806 ».</p>"
)


def icone(nom: str) -> str:
    return (
        '<svg class="i" aria-hidden="true" focusable="false">'
        f'<use href="/static/img/icones.svg#{nom}"></use></svg>'
    )


def haut(contrat: UUID, entete: Any, email: str, en_retard: int, annees: list[int]) -> str:
    nom, debut, _, _, actions, signataires = entete
    racine, ecrit = f"/espace/contrats/{contrat}/", escape(nom)
    rail = rail_de(racine, ecrit, debut.year, {"plan/": actions, "signataires/": signataires})
    onglets = "".join(
        f'<li><a href="{racine}indicateurs/{fin}">{mot}'
        f"{f' <span>{en_retard}</span>' if en_retard and fin == 'echeances/' else ''}</a></li>"
        for fin, mot in ONGLETS
    )
    gestes = "".join(
        f'<a class="bouton" href="{racine}indicateurs/{fin}">{icone("plus")}{mot}</a>'
        for fin, mot in (
            ("classeur/importer/", "Importer"),
            (f"classeur/?de={annees[0]}&amp;a={annees[-1]}", "Exporter"),
            ("definitions/", "Définitions"),
            ("ajouter/", "Ajouter un indicateur"),
        )
    )
    return (
        f'<!doctype html><html lang="fr"><head><title>Indicateurs – {ecrit}</title></head><body>'
        f'<header class="barre"><details>{RECHERCHE}{rail}</details>{RECHERCHE}'
        f"<details>{escape(email)}</details></header>{rail}<main><nav><ol><li>{ecrit}</li></ol></nav>"
        f"<h1>Indicateurs</h1>{gestes}<nav><ul>{onglets}</ul></nav>"
    )


def rail_de(racine: str, nom: str, annee: int, comptes: dict[str, int]) -> str:
    pieces = "".join(
        f'<li><a href="{racine}{fin}">{icone(signe)}{mot}'
        f"{f'<span>{comptes[fin]}</span>' if fin in comptes else ''}</a></li>"
        for fin, mot, signe in PIECES
    )
    return f'<nav class="rail"><a><b>{nom}</b><span>CLS {annee}</span></a><ul>{pieces}</ul></nav>'


def etat(contrat: UUID, annees: list[int], faites: int, total: int) -> str:
    adresse, derniere = f"/espace/contrats/{contrat}/indicateurs/", annees[-1]
    caches = "".join(
        f'<input type="hidden" name="{nom}" value="{valeur}">'
        for nom, valeur in (("de", annees[0]), ("a", derniere), ("annee", derniere))
    )
    return (
        f"<p><b>{derniere}</b> : {faites} valeurs sur {total}</p>"
        f'<a href="{adresse}sur-place/?annee={derniere}">{icone("crayon")}Saisir un par un</a>'
        f'<form id="saisie" class="saisie-grille" method="post" action="{adresse}" '
        'autocomplete="off" novalidate data-cls-grille><input type="hidden" '
        f'name="csrfmiddlewaretoken" value="">{caches}<div class="defile" tabindex="0" '
        'role="region" aria-label="Valeurs des indicateurs">'
    )


def bas(contrat: UUID, annees: list[int]) -> str:
    premiere, derniere = annees[0], annees[-1]
    return (
        '</div><noscript><button class="bouton" type="submit">Enregistrer les valeurs</button>'
        f'</noscript></form><a href="?de={premiere}&amp;a={derniere}&amp;toutes=1">Voir aussi les '
        f'autres années</a>{LEGENDE}<a href="?de={premiere - 1}&amp;a={derniere}">{icone("plus")}'
        f'Ajouter {premiere - 1}</a><a href="?de={premiere}&amp;a={derniere + 1}">{icone("plus")}'
        f'Ajouter {derniere + 1}</a><a href="/espace/contrats/{contrat}/indicateurs/">Remettre les '
        "années d’office</a></main></body></html>"
    )


def colonne(annee: int, annees: list[int]) -> tuple[str, str]:
    """Sa classe, ce que montre une case vide."""
    if annee == annees[-1]:
        return ' class="courante"', "à saisir"
    return ("" if annee == annees[-2] else ' class="ancienne"'), "—"


def tete_de_colonne(annee: int, annees: list[int]) -> str:
    if annee == annees[-1]:
        return (
            f'<th scope="col" id="a-{annee}" class="l-courante courante">{annee}'
            "<small>en cours</small></th>"
        )
    ancienne = "" if annee == annees[-2] else " ancienne"
    return (
        f'<th scope="col" id="a-{annee}" class="l-annee{ancienne}"><a href="?de={annees[0]}&amp;'
        f'a={annees[-1]}&amp;annee={annee}">{annee}</a></th>'
    )


def cible(ecrite: str, annee: int, sens: str) -> str:
    fleche, dit = SENS[sens]
    return (
        f'<td class="cible"><span><span aria-hidden="true">{fleche}</span><span class="invisible">'
        f"{dit}cible </span>{ecrite}<small>{annee}</small></span></td>"
    )
