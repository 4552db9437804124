"""Où le plan est épais, où il est vide : deux listes croisées, un nombre et un lien par case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from contrats.adresses import adresse_avec
from contrats.models import Contrat, ObjectifRegional, Population, Theme
from contrats.presentation.lignes import nom_numerote

NUANCES = 4
Entetes = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Case:
    """`nuance` va de 0 (vide) à 4 (la case la plus remplie) ; le nombre est toujours écrit."""

    nombre: int
    nuance: int
    adresse: str


@dataclass(frozen=True, slots=True)
class Rangee:
    libelle: str
    cases: Sequence[Case]
    total: Case


@dataclass(frozen=True, slots=True)
class Matrice:
    colonnes: Sequence[str]
    rangees: Sequence[Rangee]
    vides: int
    manque: str = ""


def themes_et_publics(actions: Any, parametres: QueryDict, chemin: str) -> Matrice:
    """Tous les thèmes et tous les publics en usage : un vide se voit."""
    themes = list(Theme.objects.actives().tries().values_list("code", "libelle"))
    publics = list(Population.objects.actives().tries().values_list("code", "libelle"))
    return _matrice(
        rangees=("theme", themes, actions.croisement("themes")),
        colonnes=("population", publics),
        comptes=actions.croisement("themes", "populations"),
        parametres=parametres,
        chemin=chemin,
    )


def regionaux_et_axes(
    contrat: Contrat, actions: Any, parametres: QueryDict, chemin: str
) -> Matrice:
    """Les objectifs du projet de la région du contrat ; sans liste, la matrice le dit."""
    regionaux = list(
        ObjectifRegional.objects.actives()
        .filter(region=contrat.region_id)
        .tries()
        .values_list("code", "libelle")
    )
    axes = [
        (str(pk), nom_numerote(numero, titre))
        for pk, numero, titre in contrat.axes.dans_l_ordre().values_list("pk", "numero", "titre")
    ]
    if not regionaux:
        return Matrice((), (), 0, manque=contrat.region.nom)
    comptes = actions.croisement("objectifs_regionaux", "axe")
    return _matrice(
        rangees=("objectif_regional", regionaux, actions.croisement("objectifs_regionaux")),
        colonnes=("axe", axes),
        comptes={(code, str(axe)): n for (code, axe), n in comptes.items()},
        parametres=parametres,
        chemin=chemin,
    )


def _matrice(
    *,
    rangees: tuple[str, Entetes, Mapping[tuple[Any, ...], int]],
    colonnes: tuple[str, Entetes],
    comptes: Mapping[tuple[Any, ...], int],
    parametres: QueryDict,
    chemin: str,
) -> Matrice:
    """Chaque case mène au tableau des fiches qu’elle compte."""
    filtre, lignes, totaux = rangees
    autre, tetes = colonnes
    codes = {(r, c) for r, _ in lignes for c, _ in tetes}
    plus_remplie = max((comptes.get(paire, 0) for paire in codes), default=0)

    def case(nombre: int, changements: Mapping[str, str]) -> Case:
        nuance = -(-nombre * NUANCES // plus_remplie) if plus_remplie else 0
        garde = {"vue": "tableau", **changements}
        return Case(
            nombre,
            min(nuance, NUANCES),
            adresse_avec(chemin, parametres, garde) if nombre else "",
        )

    faites = [
        Rangee(
            libelle,
            [case(comptes.get((code, c), 0), {filtre: code, autre: c}) for c, _ in tetes],
            case(totaux.get((code,), 0), {filtre: code}),
        )
        for code, libelle in lignes
    ]
    vides = sum(not rangee.total.nombre for rangee in faites)
    return Matrice([libelle for _, libelle in tetes], faites, vides)
