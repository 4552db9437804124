"""Le plan par pilote, par thème, en cartes : les mêmes fiches, rangées autrement.

Une fiche partagée par un autre contrat se lit à sa place ; elle ne compte que chez lui.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cls_platform.socle import typographie
from cls_platform.socle.navigation import Repartition
from contrats import affichage, arborescence
from contrats.presentation.lignes import (
    FicheMontree,
    Ligne,
    est_partagee,
    fiche_montree,
    nom_du_pilote,
)

SANS_THEME = ("sans", "Sans thème")
# Action → (code, libellé) de chaque thème
Themes = Mapping[Any, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class GroupeDeFiches:
    cle: str
    titre: str
    nombre: str
    repartition: Repartition
    fiches: Sequence[FicheMontree]


@dataclass(frozen=True, slots=True)
class Carte:
    fiche: FicheMontree
    themes: Sequence[str]


def par_pilote(lignes: Iterable[Ligne], le: date) -> list[GroupeDeFiches]:
    """Par ordre alphabétique ; sans pilote, à la fin."""
    groupes: dict[tuple[str, str], list[Ligne]] = {}
    for ligne in lignes:
        cle = str(ligne["pilote_id"] or ligne["pilote_personne_id"] or ligne["pilote_nom"])
        groupes.setdefault((cle, nom_du_pilote(ligne)), []).append(ligne)
    ranges = sorted(groupes.items(), key=lambda g: (not g[0][1], g[0][1].casefold()))
    return [_groupe(cle or "sans", nom or "Sans pilote", f, le) for (cle, nom), f in ranges]


def par_theme(lignes: Iterable[Ligne], themes: Themes, le: date) -> list[GroupeDeFiches]:
    """Une fiche de deux thèmes est dans les deux ; sans thème, à la fin."""
    groupes: dict[tuple[str, str], list[Ligne]] = {}
    for ligne in lignes:
        for theme in themes.get(ligne["id"]) or [SANS_THEME]:
            groupes.setdefault(theme, []).append(ligne)
    ranges = sorted(groupes.items(), key=lambda g: (g[0] == SANS_THEME, g[0][1].casefold()))
    return [_groupe(code, libelle, fiches, le) for (code, libelle), fiches in ranges]


def _groupe(cle: str, titre: str, lignes: Sequence[Ligne], le: date) -> GroupeDeFiches:
    tenues = [ligne for ligne in lignes if not est_partagee(ligne)]
    return GroupeDeFiches(
        cle=cle,
        titre=titre,
        nombre=_nombre(len(tenues), len(lignes) - len(tenues)),
        repartition=arborescence.repartition_des_statuts(tenues),
        fiches=[fiche_montree(ligne, le) for ligne in lignes],
    )


def _nombre(tenues: int, partagees: int) -> str:
    """« 3 fiches et 1 partagée » ; « 1 fiche partagée » quand il n’y a qu’elle."""
    if not partagees:
        return affichage.nombre_de_fiches(tenues)
    if not tenues:
        return typographie.pluriel(partagees, "fiche partagée", "fiches partagées")
    return f"{affichage.nombre_de_fiches(tenues)} et {typographie.pluriel(partagees, 'partagée')}"


def en_cartes(lignes: Iterable[Ligne], themes: Themes, le: date) -> list[Carte]:
    return [
        Carte(fiche_montree(ligne, le), [nom for _, nom in themes.get(ligne["id"], ())])
        for ligne in lignes
    ]
