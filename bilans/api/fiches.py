"""Une action en document, pour un outil qui l’archive : le même fichier que celui de la page."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from bilans.dossier.sections import FormatDossier, reglages, sections_proposees
from bilans.services.dossier import TYPES, produire_pour
from cls_platform.socle.api.schema import SchemaRessource
from contrats.models import Action
from contrats.permissions import droits_sur


class UnSeulFormat(BaseContentNegotiation):
    """L’adresse dit le format : l’en-tête Accept ne change rien."""

    def select_renderer(self, request: Request, renderers: Any, *args: Any, **options: Any) -> Any:
        return renderers[0], renderers[0].media_type


class _Document(APIView):
    """Les actions des contrats que l’appelant suit ; avec le budget s’il peut le voir."""

    format_dossier: ClassVar[FormatDossier]
    content_negotiation_class = UnSeulFormat
    schema = SchemaRessource()
    detail = False

    def _fichier(self, request: Request, pk: UUID) -> HttpResponse:
        suivies = Action.objects.suivis_par(request.user).select_related("contrat")
        action = get_object_or_404(suivies, pk=pk)
        fichier = produire_pour(
            contrat=action.contrat,
            fiches=[action.pk],
            format_=self.format_dossier,
            reglages=reglages(sections_proposees(droits_sur(request.user, action.contrat))),
            par=request.user,
        )
        entetes = {
            "Content-Disposition": f'attachment; filename="{fichier.nom}"',
            "Cache-Control": "private, no-store",
        }
        return HttpResponse(fichier.octets, content_type=fichier.type_mime, headers=entetes)


class FicheEnPdf(_Document):
    format_dossier = FormatDossier.PDF

    @extend_schema(
        operation_id="actions_fiche_pdf",
        summary="La fiche en PDF",
        tags=["actions"],
        responses={(200, TYPES[FormatDossier.PDF]): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """La fiche entière d’une action suivie, en PDF accessible."""
        return self._fichier(request, pk)


class FicheEnWord(_Document):
    format_dossier = FormatDossier.DOCX

    @extend_schema(
        operation_id="actions_fiche_docx",
        summary="La fiche en Word",
        tags=["actions"],
        responses={(200, TYPES[FormatDossier.DOCX]): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """La fiche entière d’une action suivie, en document Word."""
        return self._fichier(request, pk)
