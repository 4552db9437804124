"""Les ressources que cette application donne au routeur de l’API."""

from django.urls import path

from bilans.api import avancement, avis, campagnes, documents, editions, fiches, parties, viewsets

RESSOURCES = (
    ("bilans", viewsets.BilanViewSet),
    ("editions-bilans", editions.EditionViewSet),
    ("campagnes", campagnes.CampagneViewSet),
    ("avis-bilans", avis.AvisBilanViewSet),
)
# Calculées pour qui demande : un objet n’y est pas une ligne d’une table
REPONSES = (
    ("avancement-bilans", avancement.AvancementViewSet),
    ("documents-bilans", documents.DocumentViewSet),
    ("parties-bilans", parties.PartieViewSet),
)
ADRESSES = [
    path("actions/<uuid:pk>/fiche.pdf", fiches.FicheEnPdf.as_view(), name="actions-fiche-pdf"),
    path("actions/<uuid:pk>/fiche.docx", fiches.FicheEnWord.as_view(), name="actions-fiche-docx"),
]
