"""Des tables à l’instantané : quelques requêtes, toujours le même nombre, aucune mise en page."""

from bilans.rapport.construction import (
    construire,
    construire_et_relever,
    sigles_a_expliquer,
)
from bilans.rapport.lus import textes_lus

__all__ = ["construire", "construire_et_relever", "sigles_a_expliquer", "textes_lus"]
