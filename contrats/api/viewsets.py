from typing import Any

from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from acteurs.api.provenance import moyen
from acteurs.droits import Droit
from acteurs.models import Portee
from cls_platform.socle.api.etag import version_attendue
from cls_platform.socle.api.ressources import Ressource
from contrats import filters
from contrats.api import lecture, serializers
from contrats.api.saisie import ActionSaisieSerializer
from contrats.models import Action, Axe, Contrat, Objectif
from contrats.permissions import exiger_sur_action
from contrats.services.plan import modifier_action
from contrats.tableur.liste import TYPES, Liste


class ContratViewSet(Ressource):
    """Les contrats publics, et ceux que l’appelant suit."""

    serializer_class = serializers.ContratSerializer
    serializer_detail = serializers.ContratDetailSerializer
    filterset_class = filters.ContratFilterSet
    plan = lecture.CONTRATS

    def get_queryset(self) -> Any:
        return Contrat.objects.visibles_par(self.request.user).tries()


class AxeViewSet(Ressource):
    """Les axes des contrats que l’appelant peut lire."""

    serializer_class = serializers.AxeSerializer
    filterset_class = filters.AxeFilterSet
    plan = lecture.AXES

    def get_queryset(self) -> Any:
        return Axe.objects.visibles_par(self.request.user).ranges_par_contrat()


class ObjectifViewSet(Ressource):
    """Les objectifs des contrats que l’appelant peut lire."""

    serializer_class = serializers.ObjectifSerializer
    filterset_class = filters.ObjectifFilterSet
    plan = lecture.OBJECTIFS

    def get_queryset(self) -> Any:
        return Objectif.objects.visibles_par(self.request.user).ranges_par_contrat()


class SansNegociation(BaseContentNegotiation):
    """L’adresse dit le format du fichier ; une erreur reste en JSON."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class ActionViewSet(Ressource):
    """Les actions publiques des contrats publics, et toutes celles des contrats suivis."""

    serializer_class = serializers.ActionSerializer
    serializer_detail = serializers.ActionDetailSerializer
    filterset_class = filters.ActionFilterSet
    plan = lecture.ACTIONS
    portee_ecriture = Portee.ECRITURE_ACTIONS

    def get_queryset(self) -> Any:
        return Action.objects.visibles_par(self.request.user).ranges_par_contrat()

    @extend_schema(
        summary="Emporter",
        parameters=[OpenApiParameter("extension", enum=sorted(TYPES), location="path")],
        filters=True,
        responses={(200, type_du_fichier): bytes for type_du_fichier in TYPES.values()},
    )
    @action(
        detail=False,
        url_path=r"export/(?P<extension>csv|xlsx|ods)",
        url_name="export",
        content_negotiation_class=SansNegociation,
        pagination_class=None,
    )
    def export(self, request: Request, extension: str) -> FileResponse:
        """Toute la liste filtrée, en un fichier : les mêmes fiches, dans le même ordre.

        Les textes de travail et les montants n’y sont que pour qui peut les lire.
        """
        visibles = self.filter_queryset(self.get_queryset())
        liste = Liste(visibles, utilisateur=request.user, le=timezone.localdate())
        return FileResponse(
            liste.en(extension),
            as_attachment=True,
            filename=liste.nom(extension),
            content_type=TYPES[extension],
        )

    @extend_schema(
        request=ActionSaisieSerializer, responses={200: serializers.ActionDetailSerializer}
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Modifie les champs donnés, si l’action est encore à la version lue."""
        action = self.lire_un(pk)
        exiger_sur_action(request.user, Droit.MODIFIER_PLAN, action)
        modifier_action(
            action=action,
            version=version_attendue(request, action),
            valeurs=self.valider(ActionSaisieSerializer, partial=True, contrat=action.contrat),
            par=request.user,
            via=moyen(request),
        )
        return self.repondre(self.lire_un(pk))
