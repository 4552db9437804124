"""Ce qui tient à un lot de fiches, lu d’un coup et sans modèle : une requête par sorte de lien."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cls_platform.socle.tableur.feuille import epurer
from contrats.models import Action, ActionActeur, Jalon, LigneBudget
from contrats.models.selections_plan import DES_ACTIONS
from contrats.tableur import etapes
from contrats.tableur.colonnes import Colonne, Genre
from contrats.tableur.separer import SEPARATEUR

DU_JALON = (
    "action_id", "libelle", "echeance", "fait_le", "est_abandonne", "est_annuel"
)  # fmt: skip
Textes = Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class Liens:
    """`textes` : par clé de colonne puis par fiche ; sans lien, la fiche n’y est pas."""

    textes: Mapping[str, Textes]
    jalons: Mapping[UUID, list[Any]]
    depenses: Mapping[UUID, list[LigneBudget]]


def lire_liens(fiches: Sequence[UUID], colonnes: Iterable[Colonne], *, avec_argent: bool) -> Liens:
    """Seulement ce que ces colonnes écrivent."""
    textes: dict[str, Textes] = {}
    roles: dict[str, Textes] | None = None
    jalons: dict[UUID, list[Any]] = {}
    for colonne in colonnes:
        if colonne.genre is Genre.LISTE:
            textes[colonne.cle] = _listes(fiches, colonne.reference[0])
        elif colonne.genre is Genre.COMMUNES:
            textes[colonne.cle] = _communes(fiches)
        elif colonne.genre is Genre.ROLE:
            roles = _roles(fiches) if roles is None else roles
            textes[colonne.cle] = roles.get(colonne.reference, {})
        elif colonne.genre is Genre.ETAPES:
            jalons = _jalons(fiches)
            textes[colonne.cle] = {pk: epurer(etapes.ecrire(j)) for pk, j in jalons.items()}
    return Liens(textes, jalons, _depenses(fiches) if avec_argent else {})


def _listes(fiches: Sequence[UUID], nom: str) -> Textes:
    """Dans l’ordre de la nomenclature."""
    lien: Any = Action._meta.get_field(nom)
    cible = lien.m2m_reverse_field_name()
    table = lien.remote_field.through.objects.filter(**{DES_ACTIONS: fiches})
    lignes = table.values_list("action_id", f"{cible}__ordre", f"{cible}_id", f"{cible}__libelle")
    elements: dict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    for action, *element in lignes:
        elements[action].append(tuple(element))
    return {
        action: SEPARATEUR.join(libelle for _, _, libelle in sorted(siens))
        for action, siens in elements.items()
    }


def _communes(fiches: Sequence[UUID]) -> Textes:
    table: Any = Action.communes.through
    lignes = table.objects.filter(**{DES_ACTIONS: fiches})
    return _noms(lignes.values_list("action_id", "commune__nom"))


def _roles(fiches: Sequence[UUID]) -> dict[str, Textes]:
    lignes: dict[str, list[tuple[UUID, str]]] = defaultdict(list)
    liens = ActionActeur.objects.filter(**{DES_ACTIONS: fiches})
    for action, role, nom in liens.values_list("action_id", "role", "acteur__nom"):
        lignes[role].append((action, epurer(nom)))
    return {role: _noms(siennes) for role, siennes in lignes.items()}


def _noms(lignes: Iterable[tuple[UUID, str]]) -> Textes:
    """Par ordre alphabétique : deux exports du même plan s’écrivent pareil."""
    noms: dict[UUID, list[str]] = defaultdict(list)
    for action, nom in lignes:
        noms[action].append(nom)
    return {action: SEPARATEUR.join(sorted(siens)) for action, siens in noms.items()}


def _jalons(fiches: Sequence[UUID]) -> dict[UUID, list[Any]]:
    lignes = Jalon.objects.filter(**{DES_ACTIONS: fiches}).order_by("ordre", "cree_le")
    return _par_fiche(lignes.values_list(*DU_JALON, named=True))


def _depenses(fiches: Sequence[UUID]) -> dict[UUID, list[LigneBudget]]:
    return _par_fiche(LigneBudget.objects.filter(**{DES_ACTIONS: fiches}))


def _par_fiche(lignes: Iterable[Any]) -> dict[UUID, list[Any]]:
    rangees: dict[UUID, list[Any]] = defaultdict(list)
    for ligne in lignes:
        rangees[ligne.action_id].append(ligne)
    return rangees
