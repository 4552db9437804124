"""Le sens de lecture d’un texte imprimé : `<p{{ texte|sens }}>`."""

import unicodedata

from django import template
from django.utils.safestring import SafeString

register = template.Library()
_DE_DROITE = {"R": SafeString(' dir="rtl" lang="he"'), "AL": SafeString(' dir="rtl" lang="ar"')}
_VIDE = SafeString("")


@register.filter
def sens(texte: str) -> SafeString:
    """Les attributs d’un texte qui se lit de droite à gauche ; rien pour les autres.

    Le premier caractère qui a un sens décide (Unicode, annexe 9, règle P2).
    """
    if texte.isascii():
        return _VIDE
    for lettre in texte:
        direction = unicodedata.bidirectional(lettre)
        if direction == "L":
            return _VIDE
        if direction in _DE_DROITE:
            return _DE_DROITE[direction]
    return _VIDE
