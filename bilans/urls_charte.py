"""Les adresses de la charte d’un contrat."""

from django.urls import path

from bilans.views import charte

adresses = [
    path("espace/contrats/<uuid:pk>/charte/", charte.charte, name="charte"),
    path("espace/contrats/<uuid:pk>/charte/logos/", charte.ajouter_logo, name="logo_ajouter"),
    path("espace/logos/<uuid:pk>/place/", charte.deplacer, name="logo_place"),
    path("espace/logos/<uuid:pk>/retirer/", charte.retirer, name="logo_retirer"),
]
