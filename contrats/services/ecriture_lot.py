"""L’écriture de plusieurs fiches d’un coup, verrouillées par l’appelant : peu de requêtes.

Une fiche est écrite une fois : une version, une copie d’historique, un passage de statut au plus.
Les lignes liées suivent, pour que leur histoire porte cette version.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from cls_platform.socle.ecriture_groupee import inserer, mettre_a_jour
from contrats.lots import NOMENCLATURES
from contrats.models import Action, ActionActeur, PassageStatut
from contrats.services.liens_action import ROLE_DU_LIEN
from contrats.services.statut import StatutNote, passage_de
from contrats.services.valeurs_lot import en_colonnes


@dataclass(frozen=True, slots=True)
class Ecriture:
    """Une fiche verrouillée, ses valeurs en codes (`depuis`), celles à lui donner (`vers`)."""

    action: Action
    depuis: Mapping[str, Any]
    vers: Mapping[str, Any]


def ecrire_lot(*, ecritures: Sequence[Ecriture], par: Any, via: str) -> None:
    """L’appelant a vérifié les droits et les règles, et tient les verrous."""
    if not ecritures:
        return
    passages, colonnes = [], set()
    for ecriture in ecritures:
        avant = StatutNote(ecriture.action.statut, ecriture.action.statut_est_impose)
        for nom, valeur in en_colonnes(ecriture.vers).items():
            setattr(ecriture.action, nom, valeur)
            colonnes.add(nom)
        passages.append(passage_de(avant=avant, apres=ecriture.action, par=par))
    _ecrire_colonnes([e.action for e in ecritures], sorted(colonnes), par, via)
    for nom in NOMENCLATURES:
        _ecrire_liste(nom, *_mouvements(ecritures, nom))
    for nom, role in ROLE_DU_LIEN.items():
        _ecrire_role(role, *_mouvements(ecritures, nom))
    _ecrire_passages([passage for passage in passages if passage])


def _ecrire_passages(passages: Sequence[PassageStatut]) -> None:
    colonnes = ("id", "action_id", "de", "vers", "le", "par_id", "raison")
    inserer(PassageStatut, colonnes={n: [getattr(p, n) for p in passages] for n in colonnes})


def _ecrire_colonnes(
    actions: Sequence[Action], colonnes: Sequence[str], par: Any, via: str
) -> None:
    """Un seul UPDATE, quel que soit le nombre de fiches et de valeurs distinctes."""
    mettre_a_jour(
        Action,
        [action.pk for action in actions],
        colonnes={nom: [getattr(action, nom) for action in actions] for nom in colonnes},
        communes={"modifie_le": timezone.now(), "modifie_par": par.pk, "modifie_via": via},
        compteur="version",
    )
    for action in actions:
        action.version += 1


def _mouvements(
    ecritures: Sequence[Ecriture], nom: str
) -> tuple[dict[str, list[UUID]], dict[str, list[UUID]]]:
    """Pour chaque élément de la liste, les fiches qui le gagnent, et celles qui le perdent."""
    gagnent: dict[str, list[UUID]] = defaultdict(list)
    perdent: dict[str, list[UUID]] = defaultdict(list)
    for ecriture in ecritures:
        if nom not in ecriture.vers:
            continue
        avant, apres = set(ecriture.depuis[nom]), set(ecriture.vers[nom])
        for code in apres - avant:
            gagnent[code].append(ecriture.action.pk)
        for code in avant - apres:
            perdent[code].append(ecriture.action.pk)
    return gagnent, perdent


def _ecrire_liste(
    nom: str, gagnent: Mapping[str, list[UUID]], perdent: Mapping[str, list[UUID]]
) -> None:
    lien: Any = getattr(Action, nom)
    table, cible = lien.through, lien.field.m2m_reverse_name()
    for code, pks in perdent.items():
        table.objects.filter(action_id__in=pks, **{cible: code}).delete()
    neufs = _paires(gagnent)
    inserer(
        table,
        colonnes={"action": [pk for pk, _ in neufs], cible: [code for _, code in neufs]},
        sauf_presentes=True,
    )


def _paires(gagnent: Mapping[str, list[UUID]]) -> list[tuple[UUID, str]]:
    return [(pk, code) for code, pks in gagnent.items() for pk in pks]


def _ecrire_role(
    role: str, gagnent: Mapping[str, list[UUID]], perdent: Mapping[str, list[UUID]]
) -> None:
    for code, pks in perdent.items():
        ActionActeur.objects.filter(action_id__in=pks, acteur_id=code, role=role).delete()
    neufs = _paires(gagnent)
    inserer(
        ActionActeur,
        colonnes={"action": [pk for pk, _ in neufs], "acteur": [code for _, code in neufs]},
        communes={"role": role},
        sauf_presentes=True,
    )
