"""Les ressources que cette application donne au routeur de l’API."""

from acteurs.api import viewsets

RESSOURCES = (
    ("regions", viewsets.RegionViewSet),
    ("departements", viewsets.DepartementViewSet),
    ("epci", viewsets.EpciViewSet),
    ("communes", viewsets.CommuneViewSet),
    ("acteurs", viewsets.ActeurViewSet),
)
