from typing import Any

from bilans import filters
from bilans.api import lecture, serializers
from bilans.models import Bilan
from cls_platform.socle.api.ressources import Ressource


class BilanViewSet(Ressource):
    """Les bilans publiés des contrats publics, et tous ceux des contrats suivis."""

    serializer_class = serializers.BilanSerializer
    filterset_class = filters.BilanFilterSet
    plan = lecture.BILANS

    def get_queryset(self) -> Any:
        return Bilan.objects.visibles_par(self.request.user).ranges_par_annee()
