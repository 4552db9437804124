"""Hauteurs estimées (mm) d’un volet imprimé, pour le poser sur ses pages avant le rendu.

Calées sur le rendu réel, toujours un peu hautes : mieux vaut un blanc qu’une ligne orpheline.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bilans.mise_en_page import textes
from bilans.mise_en_page.deux_colonnes import partager
from bilans.mise_en_page.mesures import MM, lignes, lignes_melees
from bilans.mise_en_page.vues_volet import VueAction, VueIndicateur, VueVolet

PAGE = 254.5
BANDEAU = 86.0
TITRE_DES_ACTIONS, TITRE_DES_AUTRES, AVANT_LES_INDICATEURS = 9.5, 13.0, 10.0
# « 3 autres actions sont en ligne… »
RENVOI = 10.0
_HAUTEUR = re.compile(r'<svg[^>]* height="([\d.]+)"')


@dataclass(frozen=True, slots=True)
class Densite:
    """Corps (points), interlignes et blancs (mm) des actions d’un volet : ceux de `pdf.css`.

    `titre` et `avec` : corps et interligne ; `autre` : corps du titre, corps de l’état, interligne.
    """

    serree: bool
    corps: float
    ligne: float
    paragraphe: float
    titre: tuple[float, float]
    avec: tuple[float, float]
    autour: float
    autre: tuple[float, float, float]
    autour_d_une_autre: float


AEREE = Densite(
    serree=False, corps=11, ligne=5.5, paragraphe=3, titre=(12.5, 5.7), avec=(9.5, 4.6), autour=6.4,
    autre=(11, 9.5, 5.5), autour_d_une_autre=4.2,
)  # fmt: skip
SERREE = Densite(
    serree=True, corps=10, ligne=4.8, paragraphe=2, titre=(11.5, 5.3), avec=(9, 4.3), autour=3.2,
    autre=(9.5, 8.5, 4.5), autour_d_une_autre=2.9,
)  # fmt: skip


def tete(vue: VueVolet) -> float:
    """Le bandeau, puis ce que le volet dit de son année."""
    recit = textes.hauteur(vue.texte, 172) + (4 if vue.texte else 0)
    if vue.carte or vue.photo:
        return BANDEAU + (5.5 if vue.photo and vue.photo.credit else 0) + recit
    promesse = 7.1 * lignes(vue.promesse, 14.5, vue.titre_ecrit.place) if vue.promesse else 0
    # 16 mm : les blancs du bandeau et ce qui le suit, moins la marge haute de la page
    return 16 + max(30, 11.5 + vue.titre_ecrit.hauteur + promesse) + recit


def action(a: VueAction, d: Densite) -> float:
    """Une action racontée, ou seule sur sa ligne."""
    recit = [p.texte for bloc in a.resume for p in bloc.paragraphes]
    corps = sum(d.paragraphe + d.ligne * lignes(texte, d.corps, 125) for texte in recit)
    titre = d.titre[1] * lignes(a.titre, d.titre[0], 127, 700)
    avec = 2 + d.avec[1] * lignes(a.avec, d.avec[0], 127) if a.avec else 0
    return max(d.autour + titre + corps + avec, 15)


def autre(a: VueAction, d: Densite) -> float:
    """Une action citée dans une colonne : son titre, puis son état en plus petit."""
    corps, etat, ligne = d.autre
    melees = lignes_melees(((a.titre, corps, 400), (f"– {a.statut}", etat, 400)), 76.9)
    return d.autour_d_une_autre + ligne * melees


def en_deux_colonnes(hauteurs: Sequence[float]) -> float:
    return max((sum(colonne) for colonne in partager(hauteurs, lambda h: h)), default=0.0)


def combien_en_deux_colonnes(hauteurs: Sequence[float], place: float) -> int:
    """Combien, à partir de la première, tiennent dans deux colonnes de cette hauteur."""
    nombre, pris = 0, 0.0
    for hauteur in hauteurs:
        pris += hauteur
        if pris > 2 * place:
            break
        nombre += 1
    while nombre and en_deux_colonnes(hauteurs[:nombre]) > place:
        nombre -= 1
    return nombre


def utile(vue: VueVolet) -> float:
    return 13 + 5.5 * lignes(vue.utile, 11, 160) if vue.utile else 0.0


def citation(vue: VueVolet) -> float:
    if vue.citation is None:
        return 0.0
    return 13 + 7.8 * lignes(vue.citation.texte, 16, 162, 600)


def combien(hauteurs: Iterable[float], place: float) -> int:
    """Nombre de blocs, à partir du premier, qui tiennent l’un sous l’autre."""
    nombre, pris = 0, 0.0
    for hauteur in hauteurs:
        pris += hauteur
        if pris > place:
            break
        nombre += 1
    return nombre


def indicateur(i: VueIndicateur, d: Densite) -> float:
    large, corps, ligne = (84, 14, 6.2) if i.en_rang else (174, 16, 7.1)
    texte = 5 + ligne * lignes(i.titre, corps, large, 700)
    texte += 5.5 * lignes(i.phrase, 11, large) if i.phrase else 0
    texte += 17 if i.tableau else 0
    texte += 1.5 + 4.1 * lignes(i.source, 8.5, large) if i.source else 0
    dessin = i.dessin.hauteur / MM + 2 if i.dessin else 0
    return (max(texte, dessin) if i.en_rang else texte + dessin) + (5 if d.serree else 7)


def du_dessin(svg: str) -> float:
    """Hauteur (mm) écrite sur une image."""
    trouvee = _HAUTEUR.search(svg)
    return float(trouvee[1]) / MM if trouvee else 0.0
