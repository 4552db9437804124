"""Les adresses des avenants d’un contrat."""

from django.urls import path

from contrats.views import avenants, avenants_communes

AVENANT = "espace/avenants/<uuid:pk>/"

adresses = [
    path("espace/contrats/<uuid:pk>/avenants/", avenants.avenants, name="avenants"),
    path("espace/contrats/<uuid:pk>/avenants/ajouter/", avenants.ajouter, name="avenant_ajouter"),
    path(AVENANT, avenants.avenant, name="avenant"),
    path(f"{AVENANT}modifier/", avenants.modifier, name="avenant_modifier"),
    path(f"{AVENANT}communes/<slug:sens>/", avenants_communes.communes, name="avenant_communes"),
    path(f"{AVENANT}signer/", avenants.signer, name="avenant_signer"),
    path(f"{AVENANT}retirer/", avenants.retirer, name="avenant_retirer"),
]
