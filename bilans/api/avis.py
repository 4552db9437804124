"""Les avis des signataires dans l’API, en lecture ; ni adresse, ni secret."""

from typing import Any

from rest_framework import serializers

from bilans.filters import AvisBilanFilterSet
from bilans.models import AvisBilan
from cls_platform.socle.api.champs import Serialiseur
from cls_platform.socle.api.lecture import PlanDeLecture, colonnes_simples
from cls_platform.socle.api.ressources import Ressource

AVIS = PlanDeLecture(
    colonnes={
        **colonnes_simples(
            "id",
            "bilan",
            "acteur",
            "attendu_le",
            "sens",
            "texte",
            "rendu_le",
            "rendu_nom",
            "moyen",
            "sha256",
            "version",
            "modifie_le",
        ),
        "contrat": "bilan__contrat_id",
    },
)


class AvisBilanSerializer(Serialiseur):
    """L’avis d’une organisation signataire sur un bilan. Attendu, `sens` et `rendu_le` sont vides ;
    rendu, il ne change plus. `sha256` : l’empreinte du PDF lu."""

    contrat = serializers.UUIDField(source="bilan.contrat_id", read_only=True)

    class Meta:
        model = AvisBilan
        fields = tuple(AVIS.colonnes)


class AvisBilanViewSet(Ressource):
    """Les avis sur les bilans que l’appelant relit."""

    serializer_class = AvisBilanSerializer
    filterset_class = AvisBilanFilterSet
    plan = AVIS

    def get_queryset(self) -> Any:
        return AvisBilan.objects.lus_par(self.request.user).order_by("attendu_le", "pk")
