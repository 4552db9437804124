"""Les montants d’un import : une dépense changée, ajoutée ou retirée par année et par famille."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone

from acteurs.services.suivi import supprimer_en_signant
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Action, LigneBudget, UniteBudget
from contrats.tableur.budget import ligne_visee
from contrats.tableur.cases_budget import MESURES, CaseBudget
from contrats.tableur.changements import Fiche
from contrats.tableur.colonnes import PAR_CLE

VIA = "import"
LOT = 500
# Un tableur ne dit pas la nature d’une dépense ; la fiche la précisera
NATURE_NON_DITE = {UniteBudget.EUROS: "autre", UniteBudget.ETP: "personnel"}
SUIVI = ["version", "modifie_le", "modifie_par", "modifie_via"]


def ecrire_budget(paires: Iterable[tuple[Action, Fiche]], par: Any) -> None:
    """Lève DonneesRefusees si une dépense a changé depuis la lecture du plan."""
    voulues = [(action, fiche) for action, fiche in paires if fiche.montants]
    if not voulues:
        return
    lignes = _verrouiller([action.pk for action, _ in voulues])
    neuves: list[LigneBudget] = []
    changees: list[LigneBudget] = []
    vides: list[LigneBudget] = []
    for action, fiche in voulues:
        presentes = lignes[action.pk]
        _verifier(fiche, presentes)
        for ligne in _poser(action, fiche, presentes):
            if all(getattr(ligne, mesure) is None for mesure in MESURES):
                vides.append(ligne)
            elif ligne in presentes:
                changees.append(ligne)
            else:
                neuves.append(ligne)
    _ecrire(neuves, changees, vides, par)


def _verrouiller(actions: list[UUID]) -> dict[UUID, list[LigneBudget]]:
    lignes: dict[UUID, list[LigneBudget]] = defaultdict(list)
    lues = LigneBudget.objects.select_for_update(of=("self",)).filter(action_id__in=actions)
    for ligne in lues.order_by("annee", "cree_le", "pk"):
        lignes[ligne.action_id].append(ligne)
    return lignes


def _verifier(fiche: Fiche, presentes: list[LigneBudget]) -> None:
    if fiche.depenses != {ligne.pk: ligne.version for ligne in presentes}:
        raise DonneesRefusees(
            f"Le budget de « {fiche.titre} » vient de changer. Recommencez l’import : rien n’est "
            "écrit."
        )


def _poser(action: Action, fiche: Fiche, presentes: list[LigneBudget]) -> list[LigneBudget]:
    """Les dépenses touchées ; une seule neuve pour le prévu et le réalisé d’une même année."""
    neuves: dict[tuple[int, str], LigneBudget] = {}
    touchees: dict[UUID, LigneBudget] = {}
    for cle, montant in fiche.montants.items():
        case: CaseBudget = PAR_CLE[cle].reference
        ligne = ligne_visee(presentes, case)
        if ligne is None:
            ligne = neuves.setdefault((case.annee, case.famille.code), _neuve(action, case))
        setattr(ligne, case.mesure, montant)
        touchees[ligne.pk] = ligne
    return list(touchees.values())


def _neuve(action: Action, case: CaseBudget) -> LigneBudget:
    return LigneBudget(
        action=action,
        annee=case.annee,
        nature_id=NATURE_NON_DITE[UniteBudget(case.unite)],
        unite=case.unite,
        est_valorisation=case.famille.est_valorisation,
    )


def _ecrire(
    neuves: list[LigneBudget], changees: list[LigneBudget], vides: list[LigneBudget], par: Any
) -> None:
    """Une dépense sans aucun montant n’en est plus une : elle est retirée, en signant."""
    for ligne in (*neuves, *changees):
        ligne.modifie_le, ligne.modifie_par, ligne.modifie_via = timezone.now(), par, VIA
    for ligne in changees:
        ligne.version += 1
    LigneBudget.objects.bulk_create(neuves, batch_size=LOT)
    LigneBudget.objects.bulk_update(changees, [*MESURES, *SUIVI], batch_size=LOT)
    for ligne in vides:
        supprimer_en_signant(objet=ligne, version=None, par=par, via=VIA)
