"""Les corps JSON reçus."""

from collections.abc import Mapping
from typing import IO, Any

import orjson
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

TAILLE_MAX = 1_000_000


class CorpsTropGrand(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "corps_trop_grand"
    default_detail = "Le corps dépasse un mégaoctet. Envoyez moins de données à la fois."


class CorpsJson(JSONParser):
    """Borné, et lu par orjson : ni NaN, ni demi-caractère, ni imbrication sans fin."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        brut = stream.read(TAILLE_MAX + 1)
        if len(brut) > TAILLE_MAX:
            raise CorpsTropGrand
        try:
            return orjson.loads(brut)
        except orjson.JSONDecodeError as erreur:
            raise ParseError(
                f"Ce corps n’est pas du JSON (ligne {erreur.lineno}, colonne {erreur.colno})."
            ) from erreur
