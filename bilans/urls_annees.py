"""D’une année à l’autre : la matière d’un bilan, ce qui était annoncé, la comparaison."""

from django.urls import path

from bilans.views import annonces, comparaison, matiere

BILAN = "espace/bilans/<uuid:pk>/"

COMPARER = "bilans/<slug:slug>/comparer/"
ESPACE = "espace/contrats/<uuid:pk>/bilans/comparer/"

adresses = [
    path(COMPARER, comparaison.publique, name="comparer"),
    path(f"{COMPARER}donnees.csv", comparaison.publique_csv, name="comparer_csv"),
    path(ESPACE, comparaison.espace, name="comparer_espace"),
    path(f"{ESPACE}donnees.csv", comparaison.espace_csv, name="comparer_espace_csv"),
    path(f"{BILAN}ecrire/<str:code>/matiere/", matiere.matiere, name="matiere"),
    path(f"{BILAN}annonces/", annonces.annonces, name="annonces"),
    path(f"{BILAN}annonces/reprendre/", annonces.reprendre, name="annonces_reprendre"),
    path(f"{BILAN}annonces/ajouter/", annonces.ajouter, name="annonce_ajouter"),
    path("espace/bilans/annonces/<uuid:pk>/", annonces.dire, name="annonce"),
    path("espace/bilans/annonces/<uuid:pk>/corriger/", annonces.corriger, name="annonce_corriger"),
    path("espace/bilans/annonces/<uuid:pk>/retirer/", annonces.retirer, name="annonce_retirer"),
]
