"""Un texte relu, ses alertes surlignées : `{{ segments|surligne }}`.

Des centaines de morceaux, refaits pendant la frappe : écrits ici plutôt qu’un par un au gabarit.
"""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from bilans.langage import Segment

register = template.Library()


@register.filter
def surligne(segments: Iterable[Segment]) -> SafeString:
    return mark_safe("".join(map(_marquer, segments)))  # noqa: S308  (tout y est échappé)


def _marquer(segment: Segment) -> str:
    if not segment.gravite:
        return escape(segment.texte)
    return f"{_ouvrir(segment.gravite, segment.dit)}{escape(segment.texte)}</mark>"


@lru_cache(maxsize=256)
def _ouvrir(gravite: str, dit: str) -> str:
    """Les mêmes règles reviennent tout au long d’un texte."""
    return f'<mark class="sl sl-{escape(gravite.lower())}" title="{escape(dit)}">'
