"""Les adresses des définitions : les écrire, les ranger, puiser au catalogue, en tenir un."""

from django.urls import path

from indicateurs.views import catalogue, catalogue_regional, definition, organiser

CONTRAT = "espace/contrats/<uuid:pk>/indicateurs/"
INDICATEUR = "espace/indicateurs/<uuid:pk>/"
REGION = "espace/regions/<slug:code>/catalogue/"
MODELE = "espace/catalogue/<str:modele>/"

adresses = [
    path(f"{CONTRAT}ajouter/", definition.ajouter, name="ajouter"),
    path(f"{CONTRAT}definitions/", organiser.definitions, name="definitions"),
    path(f"{CONTRAT}catalogue/", catalogue.catalogue, name="catalogue"),
    path(f"{INDICATEUR}modifier/", definition.modifier, name="modifier"),
    path(f"{INDICATEUR}deplacer/", organiser.deplacer, name="deplacer"),
    path(f"{INDICATEUR}supprimer/", organiser.supprimer, name="supprimer"),
    path(f"{INDICATEUR}catalogue/", catalogue.reprendre, name="reprendre"),
    path(REGION, catalogue_regional.liste, name="catalogue_regional"),
    path(f"{REGION}ajouter/", catalogue_regional.ajouter, name="modele_ajouter"),
    path(MODELE, catalogue_regional.modifier, name="modele"),
    path(f"{MODELE}proposer/", catalogue_regional.proposer, name="modele_proposer"),
    path(f"{MODELE}effacer/", catalogue_regional.effacer, name="modele_effacer"),
]
