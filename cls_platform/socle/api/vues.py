"""Le schéma OpenAPI, et la réponse de ce qui n’existe pas."""

from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cls_platform.socle.api.documentation import Famille, familles


@cache
def schema() -> dict[str, Any]:
    """Le schéma ne dépend que du code : un calcul par processus."""
    return SchemaGenerator().get_schema(request=None, public=True)


@cache
def schema_rendu(rendu: Any) -> Any:
    return rendu().render(schema(), None, {})


@cache
def familles_documentees() -> list[Famille]:
    return familles(schema())


@login_not_required
def documentation(request: HttpRequest) -> HttpResponse:
    return render(request, "socle/api/documentation.html", {"familles": familles_documentees()})


def en_cache(rendu: Any, type_de_contenu: str) -> type[BaseRenderer]:
    class RenduEnCache(rendu):
        media_type = type_de_contenu

        def render(self, data: Any, *args: Any, **kwargs: Any) -> Any:
            return super().render(data, *args, **kwargs) if data else schema_rendu(rendu)

    return RenduEnCache


class SchemaOpenApi(APIView):
    """Le schéma OpenAPI 3.1 : YAML, ou JSON si l’en-tête Accept le demande."""

    renderer_classes = [
        en_cache(OpenApiYamlRenderer, "application/vnd.oai.openapi"),
        en_cache(OpenApiYamlRenderer, "application/yaml"),
        en_cache(OpenApiJsonRenderer, "application/vnd.oai.openapi+json"),
        en_cache(OpenApiJsonRenderer, "application/json"),
    ]
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
