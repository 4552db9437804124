"""Pourquoi un identifiant du fichier n’est pas celui d’une fiche du plan, et que faire."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.utils import timezone

from cls_platform.socle.typographie import date_longue
from contrats.models import Action, Contrat

HORS_DU_PLAN = "n’est pas celui d’une fiche de ce plan"
INCONNU = f"{HORS_DU_PLAN}. Videz cette cellule pour créer la fiche."
D_UN_AUTRE = (
    f"{HORS_DU_PLAN}, mais d’un autre contrat. Videz cette cellule pour créer la fiche ici, ou "
    "importez ce fichier dans l’autre plan."
)


def identifiant(texte: str) -> UUID | None:
    """None quand ce n’en est pas un."""
    try:
        return UUID(texte)
    except ValueError:
        return None


def expliquer(contrat: Contrat, absents: Collection[UUID]) -> dict[UUID, str]:
    """La raison de chacun ; une requête au plus."""
    if not absents:
        return {}
    ailleurs: Iterable[Action] = Action.avec_corbeille.filter(pk__in=absents).only(
        "contrat_id", "titre", "corbeille_le"
    )
    return dict.fromkeys(absents, INCONNU) | {
        action.pk: _raison(contrat, action) for action in ailleurs
    }


def _raison(contrat: Contrat, action: Action) -> str:
    """Le titre ne se dit que dans son contrat."""
    if action.contrat_id != contrat.pk:
        return D_UN_AUTRE
    if action.corbeille_le is None:
        return INCONNU
    jour = date_longue(timezone.localdate(action.corbeille_le))
    return (
        f"est celui de « {action.titre} », mise à la corbeille le {jour}. Restaurez-la depuis la "
        "corbeille du plan, puis recommencez ; ou videz cette cellule pour créer une autre fiche."
    )
