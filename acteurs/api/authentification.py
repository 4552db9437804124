"""Qui appelle l’API : un outil par son jeton, une personne par sa session."""

from typing import Any

from django.middleware.csrf import CsrfViewMiddleware
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from acteurs.models import Jeton, Utilisateur
from acteurs.models.jeton import PREFIXE
from acteurs.services.acces_api import jeton_valide, noter_usage


class AuthentificationParJeton(BaseAuthentication):
    """`Authorization: Bearer cls_…`. Tout autre en-tête Authorization est refusé (401).

    Une identification fausse n’est jamais traitée comme une visite anonyme : l’appelant croirait
    lire tout ce qu’il peut voir.
    """

    def authenticate(self, request: Request) -> tuple[Utilisateur, Jeton] | None:
        entete = request.headers.get("Authorization")
        if entete is None:
            return None
        schema, _, secret = entete.partition(" ")
        if schema.lower() != "bearer" or not secret.startswith(PREFIXE):
            raise AuthenticationFailed(
                "L’en-tête Authorization attendu est « Bearer cls_… », avec un jeton créé dans "
                "votre compte.",
                code="jeton_mal_forme",
            )
        jeton = jeton_valide(secret.strip())
        if jeton is None:
            raise AuthenticationFailed(
                "Ce jeton n’existe pas, a expiré ou a été révoqué. Créez-en un dans votre compte.",
                code="jeton_refuse",
            )
        noter_usage(jeton)
        return jeton.utilisateur, jeton

    def authenticate_header(self, request: Request) -> str:
        en_cause = "Authorization" in request.headers
        return 'Bearer realm="api", error="invalid_token"' if en_cause else 'Bearer realm="api"'


class AuthentificationParSession(SessionAuthentication):
    """La session des pages ; une écriture doit porter le jeton CSRF de la page."""

    def enforce_csrf(self, request: Request) -> None:
        verification = _Csrf(lambda _: None)  # type: ignore[arg-type]  # l’intergiciel est appelé hors de sa chaîne
        verification.process_request(request)
        raison = verification.process_view(request, None, (), {})  # type: ignore[arg-type]  # l’intergiciel est appelé hors de sa chaîne
        if raison:
            raise PermissionDenied(
                "Le jeton CSRF manque ou a expiré. Renvoyez-le dans l’en-tête X-CSRFToken, ou "
                "employez un jeton de l’API.",
                code="csrf",
            )


class _Csrf(CsrfViewMiddleware):
    def _reject(self, request: Any, reason: str) -> Any:
        return reason
