"""Les ressources que cette application donne au routeur de l’API."""

from bilans.api import viewsets

RESSOURCES = (("bilans", viewsets.BilanViewSet),)
