"""Les ressources que cette application donne au routeur de l’API."""

from django.urls import path

from bilans.api import avis, campagnes, fiches, viewsets

RESSOURCES = (
    ("bilans", viewsets.BilanViewSet),
    ("campagnes", campagnes.CampagneViewSet),
    ("avis-bilans", avis.AvisBilanViewSet),
)
# Calculées pour qui demande : ni objet en base, ni identifiant
REPONSES = (("avancement-bilans", campagnes.AvancementViewSet),)
ADRESSES = [
    path("actions/<uuid:pk>/fiche.pdf", fiches.FicheEnPdf.as_view(), name="actions-fiche-pdf"),
    path("actions/<uuid:pk>/fiche.docx", fiches.FicheEnWord.as_view(), name="actions-fiche-docx"),
]
