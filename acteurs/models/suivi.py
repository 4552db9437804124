import uuid
from collections.abc import Callable, Sequence
from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from acteurs.models.utilisateur import Utilisateur


def historise(*, exclude: Sequence[str] = ()) -> Callable[[Any], Any]:
    """Copie chaque état de la ligne par déclencheurs ; les colonnes calculées s’excluent."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude),
        context_field=None,  # type: ignore[arg-type]  # pghistory l’accepte, son type l’ignore
    )


class Suivi(models.Model):
    """Ce que porte tout objet que l’on modifie : sa version, qui l’a touché, quand et par où.

    Un déclencheur copie chaque état de la ligne ; qui et quand sont des colonnes de la ligne même,
    donc vrais aussi pour une écriture en masse ou en SQL.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField("version", default=1, editable=False)
    cree_le = models.DateTimeField("créé le", default=timezone.now, editable=False)
    modifie_le = models.DateTimeField("modifié le", default=timezone.now, editable=False)
    modifie_par = models.ForeignKey(
        Utilisateur,
        verbose_name="modifié par",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    modifie_via = models.CharField("modifié par le moyen de", max_length=100, default="page")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(version__gte=1),
                name="%(class)s_version_positive",
                violation_error_message="Une version commence à 1.",
            )
        ]
