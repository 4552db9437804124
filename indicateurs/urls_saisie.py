"""Les adresses de la saisie : la grille, le classeur, un par un, une valeur."""

from django.urls import path

from indicateurs.views import classeur, grille, sur_place, valeur

CONTRAT = "espace/contrats/<uuid:pk>/indicateurs/"
INDICATEUR = "espace/indicateurs/<uuid:pk>/"

adresses = [
    path(CONTRAT, grille.grille, name="grille"),
    path(f"{CONTRAT}sur-place/", sur_place.sur_place, name="sur_place"),
    path(f"{CONTRAT}classeur/", classeur.exporter, name="classeur"),
    path(f"{CONTRAT}classeur/importer/", classeur.importer, name="classeur_importer"),
    path(f"{INDICATEUR}valeurs/<int:annee>/", valeur.valeur, name="valeur"),
    path(f"{INDICATEUR}valeurs/ajouter/", valeur.ajouter, name="valeur_ajouter"),
    path("espace/valeurs/<uuid:pk>/", valeur.mesure, name="mesure"),
]
