"""L’histoire des liens d’une fiche de démonstration : elle est née avec eux."""

from collections.abc import Iterable
from uuid import UUID

from contrats.models import ChangementLien


def nees_avec(actions: Iterable[UUID], **lesquels: str) -> None:
    """Range ces liens à la première version : personne ne les a posés aujourd’hui."""
    ChangementLien.objects.filter(action_id__in=list(actions), **lesquels).update(version=1)
