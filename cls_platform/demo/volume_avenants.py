"""Les prolongations d’un volume, et les révisions que ses écritures en masse n’ont pas comptées."""

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from contrats.models import EtatAvenant

PART_PROLONGEE = 0.3
COLONNES = (
    "id, version, cree_le, modifie_le, modifie_via, contrat_id, numero, objet, etat, "
    "date_signature, date_effet, date_fin_avant, date_fin_apres"
)


def avenants(
    contrats: Iterable[tuple[UUID, date | None, date]], alea: random.Random, maintenant: Any
) -> Iterator[Sequence[Any]]:
    """Une prolongation d’un an pour trois contrats signés sur dix ; sa fin est celle du contrat.

    `contrats` : (identifiant, signature, fin). Le hasard est à part : le reste du volume n’en
    change pas.
    """
    for contrat, signature, fin in contrats:
        avant = fin - timedelta(days=365)
        if signature is None or avant <= signature or alea.random() > PART_PROLONGEE:
            continue
        signe_le = avant - timedelta(days=alea.randrange(-60, 200))
        yield (
            UUID(int=alea.getrandbits(128), version=4), 1, maintenant, maintenant, "volume",
            contrat, 1, "Prolonger d’un an", EtatAvenant.SIGNE.value, max(signe_le, signature),
            avant + timedelta(days=1), avant, fin,
        )  # fmt: skip


def compter_les_revisions() -> None:
    """Les déclencheurs dormaient pendant le chargement : la couverture gardée doit l’apprendre."""
    with connection.cursor() as curseur:
        curseur.execute(
            "INSERT INTO contrats_revisioncouverture AS r (cle, revision)"
            " SELECT id::text, 1 FROM contrats_contrat"
            " ON CONFLICT (cle) DO UPDATE SET revision = r.revision + 1"
        )
