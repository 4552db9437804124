"""Le JSON de l’API, écrit par orjson en UTF-8.

Un nombre décimal est une chaîne (`"12.5000"`), comme le rend DRF : aucune valeur ne passe par un
flottant. Un moment est en UTC, suffixé `Z`.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson
from django.utils.functional import Promise
from rest_framework.renderers import JSONRenderer


class RenduJson(JSONRenderer):
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return b"" if data is None else en_json(data)


def en_json(valeur: Any) -> bytes:
    return orjson.dumps(valeur, default=_autre, option=orjson.OPT_UTC_Z)


def _autre(valeur: Any) -> str:
    if isinstance(valeur, Decimal):
        return format(valeur, "f")
    if isinstance(valeur, Promise):
        return str(valeur)
    raise TypeError(f"{type(valeur).__name__} ne s’écrit pas en JSON.")
