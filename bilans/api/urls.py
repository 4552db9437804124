"""Les ressources que cette application donne au routeur de l’API."""

from django.urls import path

from bilans.api import fiches, viewsets

RESSOURCES = (("bilans", viewsets.BilanViewSet),)
ADRESSES = [
    path("actions/<uuid:pk>/fiche.pdf", fiches.FicheEnPdf.as_view(), name="actions-fiche-pdf"),
    path("actions/<uuid:pk>/fiche.docx", fiches.FicheEnWord.as_view(), name="actions-fiche-docx"),
]
