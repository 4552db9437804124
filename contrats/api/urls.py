"""Les ressources que cette application donne au routeur de l’API."""

from contrats.api import viewsets

RESSOURCES = (
    ("contrats", viewsets.ContratViewSet),
    ("axes", viewsets.AxeViewSet),
    ("objectifs", viewsets.ObjectifViewSet),
    ("actions", viewsets.ActionViewSet),
)
