"""Le plan d’actions en arbre : des lignes à plat entrent, axes, objectifs et fiches en sortent.

Rien ici ne lit la base : les lignes viennent de `ActionQuerySet.pour_plan`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from cls_platform.socle.navigation import Repartition, repartition
from contrats.etats import StatutAction

# L’ordre de la barre : ce qui est fait, ce qui avance, ce qui attend, ce qui alerte
MOTS_DE_LA_BARRE = {
    StatutAction.REALISEE: ("réalisée", "réalisées"),
    StatutAction.REALISEE_PARTIELLEMENT: ("en partie", "en partie"),
    StatutAction.EN_COURS: ("en cours", "en cours"),
    StatutAction.A_VENIR: ("à venir", "à venir"),
    StatutAction.A_DISCUTER: ("à discuter", "à discuter"),
    StatutAction.REPORTEE: ("reportée", "reportées"),
    StatutAction.EN_PAUSE: ("en pause", "en pause"),
    StatutAction.EN_RETARD: ("en retard", "en retard"),
    StatutAction.BLOQUEE: ("bloquée", "bloquées"),
    StatutAction.ABANDONNEE: ("abandonnée", "abandonnées"),
}


@dataclass(slots=True)
class Branche:
    """Un objectif et ses fiches ; sans objectif, les fiches tiennent directement à l’axe.

    `nombre`, `avancement` (0–1) et `cout` comptent aussi les fiches des sous-objectifs. `ecrit`,
    `budget` et `rangees` : l’avancement, le coût et les fiches en HTML, pour la page du plan.
    """

    objectif: Mapping[str, Any] | None = None
    niveau: int = 1
    fiches: list[Any] = field(default_factory=list)
    nombre: int = 0
    avancement: float = 0.0
    cout: Decimal | None = None
    ecrit: str = ""
    budget: str = ""
    rangees: str = ""


@dataclass(slots=True)
class Groupe:
    """Un axe, ou les fiches sans axe. `avancement` va de 0 à 1 ; `cout` None : aucun montant."""

    axe: Mapping[str, Any] | None
    branches: list[Branche]
    nombre: int = 0
    avancement: float = 0.0
    cout: Decimal | None = None


def arbre(
    axes: Iterable[Mapping[str, Any]],
    objectifs: Sequence[Mapping[str, Any]],
    fiches: Iterable[Mapping[str, Any]],
    *,
    entier: bool,
) -> list[Groupe]:
    """Axes dans l’ordre, objectifs emboîtés dessous, fiches sans axe à la fin.

    `entier` : montre aussi les axes et objectifs sans fiche (aucun filtre n’est posé).
    """
    par_objectif, par_axe = _ranger(objectifs, fiches)
    groupes = [_groupe(axe, objectifs, par_objectif, par_axe) for axe in axes]
    groupes.append(_groupe(None, objectifs, par_objectif, par_axe))
    if entier:
        return [g for g in groupes if g.axe or g.branches]
    for groupe in groupes:
        groupe.branches = [b for b in groupe.branches if b.fiches]
    return [g for g in groupes if g.branches]


def _ranger(
    objectifs: Iterable[Mapping[str, Any]], fiches: Iterable[Mapping[str, Any]]
) -> tuple[dict[UUID, list[Any]], dict[UUID | None, list[Any]]]:
    """Une fiche va sous son objectif ; à défaut, directement sous son axe."""
    connus = {objectif["id"] for objectif in objectifs}
    par_objectif: dict[UUID, list[Any]] = defaultdict(list)
    par_axe: dict[UUID | None, list[Any]] = defaultdict(list)
    for fiche in fiches:
        if fiche["objectif_id"] in connus:
            par_objectif[fiche["objectif_id"]].append(fiche)
        else:
            par_axe[fiche["axe_id"]].append(fiche)
    return par_objectif, par_axe


def _groupe(
    axe: Mapping[str, Any] | None,
    objectifs: Sequence[Mapping[str, Any]],
    par_objectif: Mapping[UUID, list[Any]],
    par_axe: Mapping[UUID | None, list[Any]],
) -> Groupe:
    cle = axe["id"] if axe else None
    branches = [Branche(fiches=par_axe[cle])] if par_axe.get(cle) else []
    racines = [o for o in objectifs if o["axe_id"] == cle and o["parent_id"] is None]
    for racine in racines:
        branches += _descendre(racine, objectifs, par_objectif, 1)
    fiches = _tenues(branches)
    return Groupe(axe, branches, len(fiches), moyenne(fiches), cout(fiches))


def _tenues(branches: Iterable[Branche]) -> list[Any]:
    """Sans celles qu’un autre contrat tient et partage : elles comptent chez lui."""
    return [f for branche in branches for f in branche.fiches if not f.get("partage_id")]


def _descendre(
    objectif: Mapping[str, Any],
    objectifs: Sequence[Mapping[str, Any]],
    par_objectif: Mapping[UUID, list[Any]],
    niveau: int,
) -> list[Branche]:
    tete = Branche(objectif, niveau, list(par_objectif.get(objectif["id"], ())))
    branches = [tete]
    for enfant in objectifs:
        if enfant["parent_id"] == objectif["id"]:
            branches += _descendre(enfant, objectifs, par_objectif, niveau + 1)
    fiches = _tenues(branches)
    tete.nombre, tete.avancement, tete.cout = len(fiches), moyenne(fiches), cout(fiches)
    return branches


def moyenne(fiches: Iterable[Mapping[str, Any]]) -> float:
    """Avancement moyen (0–1) d’un objectif, d’un axe ou du plan.

    Chaque action compte autant, où qu’elle soit rangée dessous ; une abandonnée ne compte pas.
    """
    parts = [f["avancement"] for f in fiches if f["statut_affiche"] != StatutAction.ABANDONNEE]
    return sum(parts) / len(parts) if parts else 0.0


def cout(fiches: Iterable[Mapping[str, Any]]) -> Decimal | None:
    """Le coût d’un objectif, d’un axe ou du plan, abandonnées comprises ; None sans aucun montant.

    Une fiche sans `cout` n’a pas de montant, ou la personne n’a pas à le voir.
    """
    montants = [f["cout"] for f in fiches if f.get("cout") is not None]
    return sum(montants, Decimal(0)) if montants else None


def repartition_des_statuts(fiches: Iterable[Mapping[str, Any]]) -> Repartition:
    effectifs = Counter(fiche["statut_affiche"] for fiche in fiches)
    return repartition(
        [
            (code.value, mots[effectifs[code] > 1], effectifs[code])
            for code, mots in MOTS_DE_LA_BARRE.items()
        ]
    )
