"""Les deux façons de s’identifier, telles que les dit le schéma OpenAPI."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension


class SchemaJeton(OpenApiAuthenticationExtension):
    target_class = "acteurs.api.authentification.AuthentificationParJeton"
    name = "jeton"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "cls_…",
            "description": "Un jeton créé dans votre compte, avec ses portées.",
        }


class SchemaSession(OpenApiAuthenticationExtension):
    target_class = "acteurs.api.authentification.AuthentificationParSession"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "La session des pages ; une écriture ajoute l’en-tête X-CSRFToken.",
        }
