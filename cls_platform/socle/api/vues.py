"""Le schéma OpenAPI, et la réponse de ce qui n’existe pas."""

from functools import cache
from typing import Any

import yaml
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cls_platform.socle.api.documentation import Famille, familles
from cls_platform.socle.api.rendu import RenduJson, en_json

SCHEMA = settings.BASE_DIR / "docs" / "openapi.yaml"


@cache
def schema() -> dict[str, Any]:
    """Le schéma commité, qu’un test compare au code ; le produire prendrait des secondes."""
    return yaml.load(SCHEMA.read_bytes(), Loader=yaml.CSafeLoader)


@cache
def familles_documentees() -> list[Famille]:
    return familles(schema())


@login_not_required
def documentation(request: HttpRequest) -> HttpResponse:
    return render(request, "socle/api/documentation.html", {"familles": familles_documentees()})


class RenduYaml(BaseRenderer):
    media_type = "application/yaml"
    format = "yaml"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        return SCHEMA.read_bytes() if data is None else en_json(data)


class RenduYamlOpenApi(RenduYaml):
    media_type = "application/vnd.oai.openapi"


class RenduSchemaJson(RenduJson):
    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        return super().render(schema() if data is None else data)


class RenduJsonOpenApi(RenduSchemaJson):
    media_type = "application/vnd.oai.openapi+json"


class SchemaOpenApi(APIView):
    """Le schéma OpenAPI 3.1 : YAML, ou JSON si l’en-tête Accept le demande."""

    renderer_classes = [RenduYamlOpenApi, RenduYaml, RenduJsonOpenApi, RenduSchemaJson]
    permission_classes = [AllowAny]

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        return Response()


class RouteInconnue(APIView):
    """Tout ce que le routeur n’a pas reconnu : 404, quelle que soit la méthode."""

    authentication_classes = []
    permission_classes = [AllowAny]
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise NotFound("Rien à cette adresse. La liste des ressources est à /api/v1/.")
