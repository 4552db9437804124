"""Morceaux de HTML fréquents, prêts avant le gabarit (tableaux longs : une variable par cellule).

Chaque fonction produit exactement le HTML du composant de même nom dans `templates/composants/`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cls_platform.socle import typographie
from cls_platform.socle.navigation import Entree

SPRITE = "img/icones.svg"
NUANCES_DE_PASTILLE = 4


@cache
def icone(nom: str, classe: str = "i") -> SafeString:
    """Un signe décoratif du jeu `static/img/icones.svg` : le mot à côté porte le sens."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        classe,
        static(SPRITE),
        nom,
    )


@cache
def statut(code: str, mot: str, *, plein: bool = False) -> SafeString:
    """Forme + mot + couleur ; la feuille de style et le jeu de signes connaissent le code."""
    return format_html(
        '<span class="statut{} st-{}">{}{}</span>',
        " plein" if plein else "",
        code,
        icone(f"st-{code}", "forme"),
        mot,
    )


@cache
def jauge(pourcentage: int) -> SafeString:
    """Barre décorative : le pourcentage est toujours écrit à côté."""
    return format_html(
        '<svg class="jauge{}" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="1"></rect></svg>',
        " fin" if pourcentage >= 100 else "",
        min(max(pourcentage, 0), 100),
    )


@cache
def avancement(pourcentage: int) -> SafeString:
    """La barre et son pourcentage écrit."""
    return format_html(
        '<span class="avance">{}{}{}%</span>',
        jauge(pourcentage),
        pourcentage,
        typographie.FINE,
    )


@cache
def pastille(nom: str) -> SafeString:
    """Initiales dans un disque ; la nuance est stable pour un même nom. Sans nom : « ? »."""
    if not nom:
        return SafeString('<span class="pastille vide" aria-hidden="true">?</span>')
    nuance = zlib.crc32(nom.encode()) % NUANCES_DE_PASTILLE
    return format_html(
        '<span class="pastille nuance-{}" aria-hidden="true">{}</span>',
        nuance,
        typographie.initiales(nom),
    )


def choix_de_filtre(entrees: Iterable[Entree]) -> SafeString:
    """Les liens d’un menu de filtre ; un menu de pilotes en a vite soixante."""
    return SafeString("".join(map(_choix_de_filtre, entrees)))


def _choix_de_filtre(entree: Entree) -> str:
    actif = ' aria-current="true"' if entree.est_courante else ""
    compte = f' <span class="compte">{escape(entree.compte)}</span>' if entree.compte else ""
    return f'<a href="{escape(entree.adresse)}"{actif}>{escape(entree.libelle)}{compte}</a>'


def menu_de_filtre(libelle: str, choix: Iterable[Entree]) -> SafeString:
    """Le composant `filtre` entier, pour qui en a plusieurs."""
    return SafeString(
        f'<details class="deroulant" data-cls-menu><summary class="filtre">{escape(str(libelle))}'
        f'{icone("bas")}</summary><div class="deroulant-liste">{choix_de_filtre(choix)}</div>'
        "</details>"
    )


def onglets(entrees: Iterable[Entree]) -> SafeString:
    return SafeString("".join(f"<li>{_onglet(entree)}</li>" for entree in entrees))


def _onglet(entree: Entree) -> str:
    courant = ' aria-current="page"' if entree.est_courante else ""
    compte = ""
    if entree.compte:
        ton = " alerte" if entree.a_traiter else ""
        compte = f' <span class="compte{ton}">{escape(entree.compte)}</span>'
    return f'<a href="{escape(entree.adresse)}"{courant}>{escape(entree.libelle)}{compte}</a>'


def entrees_du_rail(entrees: Iterable[Entree]) -> SafeString:
    return SafeString("".join(f"<li>{_entree_du_rail(entree)}</li>" for entree in entrees))


def _entree_du_rail(entree: Entree) -> str:
    courante = ' aria-current="page"' if entree.est_courante else ""
    compte = compte_du_rail(entree.compte, a_traiter=entree.a_traiter)
    if entree.fragment:
        compte = (
            f'<span hx-get="{escape(entree.fragment)}" hx-trigger="intersect once"'
            ' hx-swap="outerHTML" hx-target="this"></span>'
        )
    dedans = f"{icone(entree.icone)}{escape(entree.libelle)}{compte}"
    return f'<a href="{escape(entree.adresse)}"{courante}>{dedans}</a>'


def compte_du_rail(compte: str, *, a_traiter: bool) -> str:
    """Le nombre au bout d’une pièce ; rien s’il est vide."""
    if not compte:
        return ""
    ton = " alerte" if a_traiter else ""
    dit = '<span class="invisible"> à traiter</span>' if a_traiter else ""
    return f'<span class="compte{ton}">{escape(compte)}{dit}</span>'


def puces(actifs: Sequence[Entree], absences: Sequence[Entree]) -> SafeString:
    """Les filtres posés, à retirer, puis les points à traiter avec leur compte."""
    posees = "".join(
        f'<a class="puce active" href="{escape(filtre.adresse)}"><span class="invisible">'
        f"Retirer le filtre\u00a0: </span>{escape(filtre.libelle)}{icone('croix')}</a>"
        for filtre in actifs
    )
    separe = '<span class="separe" aria-hidden="true"></span>' if actifs and absences else ""
    manquent = "".join(
        f'<a class="puce{" active" if absence.est_courante else ""}" '
        f'href="{escape(absence.adresse)}">{escape(absence.libelle)} '
        f"<b>{escape(absence.compte)}</b></a>"
        for absence in absences
    )
    return SafeString(f"{posees}{separe}{manquent}")


def bouton_en_place(
    nom: str,
    valeur: str,
    adresse: str,
    *,
    manque: str = "",
    lien: str = "",
    multiligne: bool = False,
) -> SafeString:
    """Le bouton qui ouvre l’éditeur d’un champ ; son nom dit « Modifier », le champ, la valeur.

    Sans JavaScript, il envoie le formulaire vide `#ouvrir` de la page à `adresse` (GET). Avec
    `lien`, la valeur est affichée ailleurs : le bouton n’est qu’un crayon. Sans `format_html` : une
    page en compte des centaines.
    """
    ecrite, ou = sure(valeur), sure(adresse)
    dit = f"{sure(nom)}, {ecrite}" if lien else f"{sure(nom)}, "
    contenu = "" if lien else (ecrite or f'<span class="manque">{sure(manque)}</span>')
    crayon = icone("crayon", "i crayon")
    variante = (" multiligne" if multiligne else "") + (" seul" if lien else "")
    return SafeString(
        f'<button class="enplace{variante}" type="submit" form="ouvrir" formaction="{ou}"'
        f' hx-get="{ou}" hx-target="closest [data-cls-champ]" hx-swap="outerHTML">'
        f'<span class="invisible">Modifier\u00a0: {dit}</span>{contenu}{crayon}</button>'
    )


def sure(texte: str) -> str:
    """Le texte échappé une fois ; du HTML déjà sûr reste tel quel."""
    return texte if isinstance(texte, SafeString) else escape(texte)


def champ_en_place(
    identifiant: str, nom: str, valeur: str, adresse: str, *, manque: str = "", lien: str = ""
) -> SafeString:
    """Une cellule modifiable au repos : le même HTML que `composants/enplace.html`."""
    if not adresse:
        return _lecture_seule(valeur, manque, lien)
    titre = f'<a class="titre" href="{sure(lien)}">{sure(valeur)}</a>' if lien else ""
    bouton = bouton_en_place(nom, valeur, adresse, manque=manque, lien=lien)
    return SafeString(
        f'<div class="champ" id="{sure(identifiant)}" data-cls-champ>{titre}{bouton}</div>'
    )


def _lecture_seule(valeur: str, manque: str, lien: str) -> SafeString:
    if lien:
        return SafeString(f'<a class="titre" href="{sure(lien)}">{sure(valeur)}</a>')
    return SafeString(sure(valeur) or f'<span class="manque">{sure(manque)}</span>')
