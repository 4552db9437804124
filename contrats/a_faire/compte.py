"""Le nombre du rail : ce qui est à faire dans une région, pour une personne.

Gardé cinq minutes ; la liste et ses gestes le remettent à jour en passant.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from contrats.a_faire.ligne import LigneAFaire
from contrats.a_faire.liste import liste_a_faire

DUREE = 300


def est_a_faire(ligne: LigneAFaire) -> bool:
    """Une étape l’attend, et elle n’est pas en veille."""
    return ligne.etape is not None and not ligne.est_en_veille


def nombre_a_faire(utilisateur: Any, region: str) -> int:
    le = timezone.localdate()
    connus: dict[str, int] | None = cache.get(_cle(utilisateur, le))
    if connus is None:
        connus = garder_le_compte(utilisateur, liste_a_faire(utilisateur, le), le)
    return connus.get(region, 0)


def garder_le_compte(utilisateur: Any, lignes: Iterable[LigneAFaire], le: date) -> dict[str, int]:
    """Par région ; `lignes` : toutes celles que la personne voit."""
    comptes = dict(Counter(ligne.region for ligne in lignes if est_a_faire(ligne)))
    cache.set(_cle(utilisateur, le), comptes, DUREE)
    return comptes


def _cle(utilisateur: Any, le: date) -> str:
    return f"a-faire-{utilisateur.pk}-{le}"
