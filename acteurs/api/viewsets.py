from typing import Any

from acteurs import filters
from acteurs.api import serializers
from acteurs.models import Acteur, Commune, Departement, Epci, Region
from cls_platform.socle.api.lecture import PlanDeLecture, colonnes_simples
from cls_platform.socle.api.ressources import Ressource


def plan_simple(serialiseur: Any) -> PlanDeLecture:
    """Une ressource dont chaque clé est une colonne."""
    return PlanDeLecture(colonnes=colonnes_simples(*serialiseur.Meta.fields))


class RegionViewSet(Ressource):
    """Les régions, dans l’ordre alphabétique."""

    serializer_class = serializers.RegionSerializer
    filterset_class = filters.RegionFilterSet
    plan = plan_simple(serializers.RegionSerializer)
    queryset = Region.objects.tries()
    lookup_value_regex = "[0-9]{2,3}"


class DepartementViewSet(Ressource):
    """Les départements, dans l’ordre alphabétique."""

    serializer_class = serializers.DepartementSerializer
    filterset_class = filters.DepartementFilterSet
    plan = plan_simple(serializers.DepartementSerializer)
    queryset = Departement.objects.tries()
    lookup_value_regex = "[0-9][0-9AB][0-9]?"


class EpciViewSet(Ressource):
    """Les intercommunalités à fiscalité propre, dans l’ordre alphabétique."""

    serializer_class = serializers.EpciSerializer
    filterset_class = filters.EpciFilterSet
    plan = plan_simple(serializers.EpciSerializer)
    queryset = Epci.objects.tries()
    lookup_value_regex = "[0-9]{9}"


class CommuneViewSet(Ressource):
    """Les communes, dans l’ordre alphabétique ; par pertinence avec `recherche`."""

    serializer_class = serializers.CommuneSerializer
    filterset_class = filters.CommuneFilterSet
    plan = plan_simple(serializers.CommuneSerializer)
    queryset = Commune.objects.tries()
    lookup_value_regex = "[0-9][0-9AB][0-9]{3}"


class ActeurViewSet(Ressource):
    """Les organisations, dans l’ordre alphabétique."""

    serializer_class = serializers.ActeurSerializer
    filterset_class = filters.ActeurFilterSet
    plan = plan_simple(serializers.ActeurSerializer)
    queryset = Acteur.objects.tries()
