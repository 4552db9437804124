"""Ce que le schéma OpenAPI dit de toute ressource : ses erreurs, ses versions, ses en-têtes."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

PROBLEME = "application/problem+json"


class ErreurDeChampSerializer(serializers.Serializer):
    pointer = serializers.CharField(help_text="Le champ ou le paramètre en cause (RFC 6901).")
    code = serializers.CharField()
    message = serializers.CharField(help_text="Une phrase à montrer telle quelle.")


class ProblemeSerializer(serializers.Serializer):
    """Une erreur (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="Ce qui ne va pas et comment y remédier.")
    request_id = serializers.CharField(help_text="À citer si vous nous écrivez.")
    errors = ErreurDeChampSerializer(  # type: ignore[assignment]  # un champ, pas l’attribut
        many=True, required=False
    )
    actuel = serializers.DictField(required=False, help_text="En 409 et 412, l’objet en base.")


ERREURS = {
    "400": "Un paramètre ou un champ est mal écrit, inconnu, ou contraire à une règle.",
    "401": "Le jeton manque, est mal écrit, expiré ou révoqué.",
    "403": "Le rôle ou la portée du jeton ne suffit pas.",
    "404": "Rien à cette adresse, ou rien que l’appelant puisse voir.",
    "406": "Seul le JSON est disponible.",
    "409": "L’état du moment s’y oppose : déjà là (l’objet est joint), publié, rendu, supprimé.",
    "412": "L’objet a changé depuis ; il est joint tel qu’il est maintenant.",
    "413": "Le corps dépasse un mégaoctet.",
    "415": "Le corps n’est pas du JSON.",
    "428": "L’en-tête If-Match manque.",
    "429": "Trop de demandes ; Retry-After dit combien de secondes attendre.",
}
EN_LECTURE = ("400", "401", "403", "404", "406", "429")
EN_ECRITURE = (*EN_LECTURE, "413", "415")
ERREURS_PAR_METHODE = {
    "GET": EN_LECTURE,
    "POST": (*EN_ECRITURE, "409"),
    "PATCH": (*EN_ECRITURE, "409", "412", "428"),
    "DELETE": (*EN_LECTURE, "409", "412", "428"),
}


class SaisieStricte(OpenApiSerializerExtension):
    """Une saisie refuse les clés qu’elle ne connaît pas : son schéma le dit."""

    target_class = "cls_platform.socle.api.champs.SerialiseurStrict"
    match_subclasses = True

    def map_serializer(self, auto_schema: AutoSchema, direction: Any) -> dict[str, Any]:
        schema = auto_schema._map_serializer(  # noqa: SLF001  (seul passage vers la suite)
            self.target, direction, bypass_extensions=True
        )
        return {**schema, "additionalProperties": False}


RESUMES = {
    "list": "Lister",
    "retrieve": "Lire",
    "create": "Ajouter",
    "partial_update": "Modifier",
    "destroy": "Effacer",
}


class SchemaRessource(AutoSchema):
    """Ajoute à chaque opération les erreurs possibles et les en-têtes de version."""

    def get_summary(self) -> str | None:
        return RESUMES.get(getattr(self.view, "action", ""))

    def get_auth(self) -> list[dict[str, Any]]:
        """Lire est ouvert à tous : s’identifier montre davantage."""
        schemas = super().get_auth()
        return [{}, *schemas] if self.method == "GET" else schemas

    view: Any

    def get_override_parameters(self) -> list[Any]:
        if self.method == "GET" and self.view.detail:
            aide = "L’ETag déjà connu : 304 si rien n’a changé."
            return [_entete("If-None-Match", aide, requis=False)]
        if self.method in {"PATCH", "DELETE"}:
            return [_entete("If-Match", "L’ETag lu, ou la version entre guillemets.", requis=True)]
        return []

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        reponses = super()._get_response_bodies(direction)
        if self.method == "GET" and self.view.detail:
            reponses["304"] = {"description": "Rien n’a changé depuis cet ETag."}
        for code in ERREURS_PAR_METHODE[self.method]:
            probleme = OpenApiResponse(ProblemeSerializer, description=ERREURS[code])
            reponses[code] = self._get_response_for_code(probleme, code, [PROBLEME], direction)
        return dict(sorted(reponses.items()))


def _entete(nom: str, aide: str, *, requis: bool) -> OpenApiParameter:
    return OpenApiParameter(nom, str, OpenApiParameter.HEADER, required=requis, description=aide)
