"""La feuille de base du moteur, sans ce que nos pages n’emploient jamais.

Celle de WeasyPrint 70 pose des appels et des marques de note sur chaque élément : cinq styles de
plus à calculer pour chacun, et autant d’objets à ramasser.
"""

from functools import cache

from weasyprint import CSS
from weasyprint.html import UA

_INUTILES = ("::footnote-", "::note-", "@counter-style")
_MARQUE = "::marker"


@cache
def feuille_de_base() -> CSS:
    """Une puce ne précède que les éléments d’une liste ; les compteurs sont lus à part."""
    lignes = (ligne for ligne in UA.splitlines() if not ligne.startswith(_INUTILES))
    return CSS(string="\n".join(lignes).replace(f"\n{_MARQUE}", f"\nli{_MARQUE}"))
