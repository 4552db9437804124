"""D’une année à l’autre : la matière d’un bilan, ce qui était annoncé, la comparaison."""

from django.urls import path

from bilans.views import annonces

BILAN = "espace/bilans/<uuid:pk>/"

adresses = [
    path(f"{BILAN}annonces/", annonces.annonces, name="annonces"),
    path(f"{BILAN}annonces/reprendre/", annonces.reprendre, name="annonces_reprendre"),
    path(f"{BILAN}annonces/ajouter/", annonces.ajouter, name="annonce_ajouter"),
    path("espace/bilans/annonces/<uuid:pk>/", annonces.dire, name="annonce"),
    path("espace/bilans/annonces/<uuid:pk>/retirer/", annonces.retirer, name="annonce_retirer"),
]
