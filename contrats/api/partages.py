"""Les fiches partagées entre deux contrats, dans l’API : une liste qui se lit seulement."""

from typing import Any

from rest_framework import serializers

from cls_platform.socle.api.champs import Serialiseur
from cls_platform.socle.api.lecture import PlanDeLecture, colonnes_simples
from cls_platform.socle.api.ressources import Ressource
from contrats import filters
from contrats.models import PartageAction

PARTAGES = PlanDeLecture(
    colonnes={
        **colonnes_simples("id", "action", "contrat", "etat", "axe", "objectif"),
        "contrat_tenant": "action__contrat",
        "titre": "action__titre",
        **colonnes_simples("version", "modifie_le"),
    }
)


class PartageSerializer(Serialiseur):
    """Une fiche qu’un contrat tient et qu’un autre montre à sa place `axe`, `objectif`."""

    contrat_tenant = serializers.UUIDField(
        source="action.contrat_id",
        read_only=True,
        help_text="Le contrat qui tient la fiche : elle ne compte que chez lui.",
    )
    titre = serializers.CharField(source="action.titre", read_only=True)

    class Meta:
        model = PartageAction
        fields = tuple(PARTAGES.colonnes)


class PartageViewSet(Ressource):
    """Les partages que reçoivent les contrats suivis, et ceux de leurs fiches."""

    serializer_class = PartageSerializer
    filterset_class = filters.PartageFilterSet
    plan = PARTAGES

    def get_queryset(self) -> Any:
        visibles = PartageAction.objects.visibles_par(self.request.user)
        return visibles.select_related("action").ranges()
