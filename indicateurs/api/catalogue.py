"""Le catalogue en lecture : les définitions nationales, et celles de chaque région."""

from typing import Any, ClassVar

from cls_platform.socle.api.champs import Serialiseur
from cls_platform.socle.api.lecture import PlanDeLecture, colonnes_simples
from cls_platform.socle.api.ressources import Ressource
from indicateurs.filters import CatalogueFilterSet
from indicateurs.models import IndicateurModele

MODELES = PlanDeLecture(
    colonnes=colonnes_simples(
        "code", "libelle", "libelle_public", "definition", "type", "niveau", "unite", "decimales",
        "sens", "agregation", "numerateur", "denominateur", "source", "producteur", "periodicite",
        "limites", "seuil", "pilotage", "region", "est_actif",
    )
)  # fmt: skip


class IndicateurModeleSerializer(Serialiseur):
    """Une définition du catalogue. `region` nulle : elle vaut pour toute la France."""

    class Meta:
        model = IndicateurModele
        fields = tuple(MODELES.colonnes)


class IndicateurModeleViewSet(Ressource):
    """Les définitions du catalogue, publiques ; `est_actif` faux : retirée, encore suivie."""

    serializer_class = IndicateurModeleSerializer
    filterset_class = CatalogueFilterSet
    plan: ClassVar[PlanDeLecture] = MODELES
    lookup_value_regex = "[^/]+"

    def get_queryset(self) -> Any:
        return IndicateurModele.objects.order_by("code")
