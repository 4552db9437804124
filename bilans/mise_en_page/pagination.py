"""Combien de pages, avant le rendu : 24 au plus si c’est raisonnable, les volets à gauche.

Ce sont des estimations : une page de plus ou de moins ne coûte rien d’autre qu’un volet qui
commence à droite. Aucune page n’est jamais laissée blanche pour en rattraper une.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from bilans.instantane import Instantane
from bilans.mise_en_page import fin, hauteurs, textes
from bilans.mise_en_page.double_page import DOUBLE_PAGE, Curseur
from bilans.mise_en_page.mesures import lignes
from bilans.mise_en_page.parties import Groupe, Partie, fin_de, grouper
from bilans.mise_en_page.suivi_de_l_annee import Ligne

PAGES_D_UN_BILAN = 24
TITRE = 17.0
Vues = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mesure:
    """Blancs et lignes (mm) des parties qui se suivent : ceux de `pdf.css`."""

    entre_deux_parties: float
    blanc: float
    ligne: float
    bande: float
    point: float

    def tableau(self, lues: Iterable[Ligne], places: tuple[float, float]) -> float:
        """Un tableau à deux colonnes et son en-tête."""
        return 3 + self.blanc + self.ligne + sum(self._rangee(lue, places) for lue in lues)

    def _rangee(self, lue: Ligne, places: tuple[float, float]) -> float:
        ecrites = max(lignes(lue.tete, 10.5, places[0], 700), lignes(lue.corps, 10.5, places[1]))
        note = 4.3 * lignes(lue.note, 9, places[1]) if lue.note else 0
        return self.blanc + self.ligne * ecrites + note


AEREES = Mesure(entre_deux_parties=12, blanc=3.8, ligne=5.2, bande=44, point=5.9)
SERREES = Mesure(entre_deux_parties=9, blanc=2.4, ligne=4.7, bande=36, point=4.0)


def commencent_a_gauche(pages: Sequence[int], avant: int) -> int:
    """Combien de volets de deux pages et plus commencent à gauche, après `avant` pages."""
    debuts = accumulate(pages, initial=avant + 1)
    return sum(n >= DOUBLE_PAGE and debut % 2 == 0 for n, debut in zip(pages, debuts, strict=False))


def composer(
    instantane: Instantane, suite: Sequence[Partie], vues: Vues
) -> tuple[tuple[Groupe, ...], bool]:
    """Les groupes de parties, et si le contact partage la dernière page avec la fin du bilan.

    Quand la fin ne tient pas avec le contact, sa première partie finit la page d’avant si elle y
    tient : une page presque vide en moins.
    """
    la_fin = fin_de(suite)
    courte = _avec_le_contact(instantane, la_fin)
    groupes = resserrer(grouper(suite, fin=la_fin, fin_courte=courte), vues)
    if courte or not _avec_le_contact(instantane, la_fin[1:]):
        return groupes, courte
    autres = resserrer(grouper(suite, fin=la_fin[1:], fin_courte=True), vues)
    mieux = sum(_pages_de(autres, vues)) <= sum(_pages_de(groupes, vues))
    return (autres, True) if mieux else (groupes, False)


def _avec_le_contact(instantane: Instantane, la_fin: Sequence[Partie]) -> bool:
    return fin.est_courte(instantane, {partie.code for partie in la_fin})


def _pages_de(groupes: Iterable[Groupe], vues: Vues) -> list[int]:
    return [_pages(groupe, vues, serre="serree" in groupe.classe) for groupe in groupes]


def resserrer(groupes: Iterable[Groupe], vues: Vues) -> tuple[Groupe, ...]:
    """Des parties qui se suivent se resserrent quand cela leur épargne une page."""
    return tuple(
        replace(groupe, classe=f"{groupe.classe} serree")
        if len(groupe.parties) > 1 and _pages(groupe, vues, serre=True) < _pages(groupe, vues)
        else groupe
        for groupe in groupes
    )


def autour_des_volets(groupes: Sequence[Groupe], vues: Vues) -> tuple[int, int]:
    """Pages estimées avant les volets (couverture et sommaire compris), puis après eux."""
    codes = [{partie.code for partie in groupe.parties} for groupe in groupes]
    ici = next((n for n, de_ce_groupe in enumerate(codes) if "VOLETS" in de_ce_groupe), len(codes))
    pages = _pages_de(groupes, vues)
    avant = 2 + int(vues["ouverture"].saut) + sum(pages[:ici])
    return avant, sum(pages[ici + 1 :]) + int(not vues["fin_courte"])


def _pages(groupe: Groupe, vues: Vues, *, serre: bool = False) -> int:
    if groupe.avec_contact:
        return 1
    curseur = Curseur()
    mesure = SERREES if serre else AEREES
    for rang, partie in enumerate(groupe.parties):
        curseur.y += mesure.entre_deux_parties if rang else 0
        for hauteur in _blocs(partie, vues, mesure):
            curseur.poser(hauteur)
    return curseur.page


def _blocs(partie: Partie, vues: Vues, mesure: Mesure) -> Iterable[float]:
    """Ce qui ne se coupe pas, dans l’ordre ; une partie qui pose sa page en prend une."""
    faire = {
        "COMPRENDRE": _comprendre,
        "DIFFICULTES": _difficultes,
        "BUDGET": _budget,
        "PARTICIPATION": _participation,
        "PERSPECTIVES": _perspectives,
        "PARTENAIRES": _partenaires,
        "GLOSSAIRE": _glossaire,
    }.get(partie.code)
    return faire(vues, mesure) if faire else (hauteurs.PAGE,)


def _comprendre(vues: Vues, _mesure: Mesure) -> Iterable[float]:
    yield hauteurs.PAGE
    if vues["signataires_a_part"]:
        yield hauteurs.PAGE


def _difficultes(vues: Vues, _mesure: Mesure) -> Iterable[float]:
    yield TITRE + textes.hauteur_de_la_vue(vues["difficultes"]) + vues["hauteur_des_retards"]


def _budget(vues: Vues, _mesure: Mesure) -> Iterable[float]:
    haut, bas = TITRE + textes.hauteur_de_la_vue(vues["budget"]), 0.0
    if (argent := vues["argent"]) is not None:
        tableau = 16 + 9 * (len(argent.rangs) + 1) if argent.rangs else 0
        bas = hauteurs.du_dessin(argent.image) + tableau + 16 + 5 * len(argent.precisions)
    return (haut + bas,) if vues["argent_ensemble"] else (haut, bas)


def _participation(vues: Vues, mesure: Mesure) -> Iterable[float]:
    participation = vues["participation"]
    yield TITRE + textes.hauteur_de_la_vue(participation)
    for quoi, titre in (("rencontres", 24.0), ("decisions", 15.5)):
        if tenu := vues[quoi]:
            yield titre + mesure.tableau(tenu.lignes, (34, 128))


def _perspectives(vues: Vues, mesure: Mesure) -> Iterable[float]:
    if annonces := vues["annonces"]:
        yield TITRE + 8.5 + mesure.tableau(annonces.lignes, (80, 84))
    if perspectives := vues["perspectives"]:
        points = (p.texte for bloc in perspectives.blocs for p in bloc.paragraphes)
        yield mesure.bande + sum(mesure.point + 6 * lignes(texte, 12, 116) for texte in points)


def _partenaires(vues: Vues, _mesure: Mesure) -> Iterable[float]:
    yield TITRE + sum(fin.hauteur_du_rang(rang) for rang in vues["partenaires"])


def _glossaire(vues: Vues, _mesure: Mesure) -> Iterable[float]:
    for rang, colonnes in enumerate(vues["mots"]):
        yield (0 if rang else TITRE) + max(
            (fin.hauteur_des_mots(colonne) for colonne in colonnes), default=0.0
        )
