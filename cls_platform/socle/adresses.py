"""L’adresse d’une page : cherchée une fois par processus, puis l’identifiant y prend sa place.

Une page de l’espace en écrit une quarantaine, de la même forme que celles de la page d’avant.
"""

from functools import lru_cache
from uuid import UUID

from django.urls import get_script_prefix, reverse

SANS_OBJET = UUID(int=0)
PLACE = str(SANS_OBJET)
FORMES_GARDEES = 2048


def adresse(nom: str, *args: object) -> str:
    """Comme `reverse(nom, args=args)`. Lève NoReverseMatch."""
    if not args:
        return _modele(get_script_prefix(), nom)
    objet, *suite = args
    if type(objet) is UUID and all(type(mot) is str for mot in suite):
        return _modele(get_script_prefix(), nom, SANS_OBJET, *suite).replace(PLACE, str(objet))
    return reverse(nom, args=args)


@lru_cache(maxsize=FORMES_GARDEES)
def _modele(prefixe: str, nom: str, *args: object) -> str:
    """`prefixe` est celui sous lequel le site est servi : une autre racine, d’autres adresses."""
    return reverse(nom, args=args)
