"""Versions et préconditions (RFC 9110, RFC 6585).

L’ETag d’un objet suivi est `"<version>-<empreinte>"` : la version suffit pour écrire, l’empreinte
tient compte de ce qui change sans elle (la date du jour, les droits de l’appelant).
`If-Match` accepte l’ETag entier ou la version seule (`"3"`).
"""

import hashlib
import re
from typing import Any, Protocol

from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from cls_platform.socle.api.rendu import en_json
from cls_platform.socle.erreurs import ConflitVersion

ETIQUETTE = re.compile(r'(?:W/)?"(\d{1,9})(?:-[0-9a-f]*)?"')


class Versionne(Protocol):
    version: int


class VersionAttendue(APIException):
    """L’écriture ne dit pas quelle version elle corrige (428)."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "version_attendue"
    default_detail = (
        "Dites quelle version vous modifiez\u00a0: lisez l’objet, puis renvoyez son ETag dans "
        "l’en-tête If-Match."
    )


def etiquette(corps: Any, version: int | None = None) -> str:
    empreinte = hashlib.blake2b(en_json(corps), digest_size=8).hexdigest()
    return f'"{empreinte}"' if version is None else f'"{version}-{empreinte}"'


def version_attendue(request: Request, objet: Versionne) -> int:
    """La version que l’appelant croit modifier. Lève VersionAttendue (428) ou ConflitVersion (412).

    Un nginx qui compresse affaiblit l’ETag (`W/`) : la version reste juste, il est accepté.
    """
    entete = request.headers.get("If-Match", "")
    connues = {int(version) for version in ETIQUETTE.findall(entete)}
    if not entete.strip() or entete.strip() == "*":
        raise VersionAttendue
    if objet.version not in connues:
        raise ConflitVersion(objet)
    return objet.version


def reponse_versionnee(
    request: Request, corps: Any, *, version: int | None = None, **options: Any
) -> Response:
    """La réponse et son ETag ; 304 sans corps si l’appelant a déjà cette représentation."""
    marque = etiquette(corps, version)
    entete = request.headers.get("If-None-Match", "")
    connues = {une.strip().removeprefix("W/") for une in entete.split(",")}
    if request.method in {"GET", "HEAD"} and connues & {marque, "*"}:
        reponse = Response(status=status.HTTP_304_NOT_MODIFIED)
    else:
        reponse = Response(corps, **options)
    reponse["ETag"] = marque
    return reponse
