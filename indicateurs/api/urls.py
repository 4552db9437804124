"""Les ressources que cette application donne au routeur de l’API."""

from indicateurs.api import viewsets

RESSOURCES = (
    ("indicateurs", viewsets.IndicateurViewSet),
    ("mesures", viewsets.MesureViewSet),
)
