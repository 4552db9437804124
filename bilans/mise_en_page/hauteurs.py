"""Hauteurs estimées (mm) d’un volet imprimé, pour choisir les sauts de page avant le rendu.

Calées sur le rendu réel, toujours un peu hautes : mieux vaut un blanc qu’une ligne orpheline.
"""

from bilans.mise_en_page import textes
from bilans.mise_en_page.mesures import lignes
from bilans.mise_en_page.vues_volet import VueAction, VueIndicateur, VueVolet

PAGE = 254.5
BANDEAU = 86.0
COURBE, COLONNES = 60.0, 54.0


def actions(vue: VueVolet) -> float:
    """La page d’actions, bandeau compris."""
    racontees = sum(_action(action) for action in vue.en_avant)
    recit = textes.hauteur(vue.texte, 172) + (4 if vue.texte else 0)
    return BANDEAU + recit + (9 if vue.en_avant else 0) + racontees + _autres(vue)


def debordement(vue: VueVolet) -> float:
    """Ce que prennent, en haut de la page de droite, les actions qui n’ont pas tenu à gauche."""
    return _autres(vue) + 10


def utile(vue: VueVolet) -> float:
    return 13 + 5.5 * _lignes(vue.utile, 160) if vue.utile else 0.0


def citation(vue: VueVolet) -> float:
    if vue.citation is None:
        return 0.0
    return 13 + 7.8 * lignes(vue.citation.texte, 16, 162, 600)


def combien(indicateurs: tuple[VueIndicateur, ...], place: float) -> int:
    """Nombre d’indicateurs, à partir du premier, qui tiennent dans la place ; au moins un."""
    pris = 0.0
    for rang, indicateur in enumerate(indicateurs):
        pris += _indicateur(indicateur)
        if pris > place:
            return max(rang, 1)
    return len(indicateurs)


def _autres(vue: VueVolet) -> float:
    if not vue.autres:
        return 0.0
    ecrites = sum(_lignes(f"{a.titre} – {a.statut}", 76) for a in vue.autres)
    rangs = -(-len(vue.autres) // 2)
    return 13 + 4.2 * rangs + 5.5 * (ecrites / 2 + 0.5)


def _action(action: VueAction) -> float:
    recit = [p.texte for bloc in action.resume for p in bloc.paragraphes] or [""]
    corps = sum(_lignes(texte, 124) for texte in recit)
    titre = 1 + 5.7 * lignes(action.titre, 12.5, 127, 700)
    avec = lignes(action.avec, 9.5, 127) if action.avec else 0
    paragraphes = len(recit) if recit[0] else 0
    return 5.2 + titre + 5.5 * corps + 3 * paragraphes + 4.6 * avec + (2 if avec else 0)


def _indicateur(indicateur: VueIndicateur) -> float:
    large, corps, ligne = (84, 14, 6.2) if indicateur.cote_a_cote else (174, 16, 7.1)
    texte = (
        2
        + ligne * lignes(indicateur.titre, corps, large, 700)
        + 3
        + 5.5 * _lignes(indicateur.phrase, large)
    )
    texte += 17 if indicateur.tableau else 0
    texte += 1.5 + 4.1 * lignes(indicateur.source, 8.5, large) if indicateur.source else 0
    if indicateur.cote_a_cote:
        return max(texte, COLONNES) + 7
    return texte + (COURBE if indicateur.image else 0) + 7


def _lignes(texte: str, millimetres: float) -> int:
    return lignes(texte, 11, millimetres) if texte else 0
