"""Ce que toute ressource de l’API a en commun : liste par plan, détail daté, lecteur."""

from functools import cached_property
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from cls_platform.socle.api.etag import reponse_versionnee
from cls_platform.socle.api.filtres import refuser_inconnus
from cls_platform.socle.api.lecture import Lecteur, PlanDeLecture
from cls_platform.socle.api.schema import SchemaRessource

MOTIF_UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


class ReponsesPersonnelles(GenericViewSet):
    """Chaque réponse dépend de qui demande : aucun cache partagé ne la garde."""

    schema = SchemaRessource()

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        reponse = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(reponse, ["Authorization", "Cookie"])
        patch_cache_control(reponse, private=True, no_cache=True)
        return reponse

    def valider(self, serialiseur: Any, *, partial: bool = False, **contexte: Any) -> Any:
        """Les valeurs du corps reçu. Lève ValidationError (400), champ par champ."""
        saisie = serialiseur(
            data=self.request.data,
            partial=partial,
            context={**self.get_serializer_context(), **contexte},
        )
        saisie.is_valid(raise_exception=True)
        return saisie.validated_data

    def corps(self, objet: Any) -> dict[str, Any]:
        return dict(self.get_serializer(objet).data)

    def repondre(self, objet: Any, **options: Any) -> Response:
        version = getattr(objet, "version", None)
        return reponse_versionnee(self.request, self.corps(objet), version=version, **options)


class Ressource(ReponsesPersonnelles):
    """Une liste et un détail. `get_queryset` rend, rangé, ce que l’appelant peut voir."""

    plan: ClassVar[PlanDeLecture]
    lookup_value_regex = MOTIF_UUID
    serializer_detail: ClassVar[Any] = None

    def get_serializer_class(self) -> Any:
        liste = self.action == "list" or self.serializer_detail is None
        return self.serializer_class if liste else self.serializer_detail

    @cached_property
    def lecteur(self) -> Lecteur:
        return Lecteur(self.request.user, timezone.localdate())

    def list(self, request: Request) -> Response:
        visibles = self.filter_queryset(self.get_queryset())
        pks = self.paginate_queryset(visibles.values_list("pk", flat=True))
        lignes = self.plan.lire(visibles.model, pks or [], self.lecteur)
        return self.get_paginated_response(lignes)

    def retrieve(self, request: Request, pk: str) -> Response:
        """L’objet tel qu’il est maintenant, et son ETag."""
        return self.repondre(self.lire_un(pk))

    def lire_un(self, pk: Any) -> Any:
        """L’objet que l’appelant voit, ses colonnes calculées avec lui. Lève Http404."""
        refuser_inconnus(self.request, self)
        return get_object_or_404(self.plan.annoter(self.get_queryset(), self.lecteur), pk=pk)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "le": self.lecteur.le}
