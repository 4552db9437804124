from django.urls import path

from indicateurs.views import fiche, grille

app_name = "indicateurs"

urlpatterns = [
    path("espace/contrats/<uuid:pk>/indicateurs/", grille.grille, name="grille"),
    path("espace/contrats/<uuid:pk>/indicateurs/ajouter/", fiche.ajouter, name="ajouter"),
    path("espace/indicateurs/<uuid:pk>/", fiche.fiche, name="fiche"),
    path("espace/indicateurs/<uuid:pk>/modifier/", fiche.modifier, name="modifier"),
    path("espace/indicateurs/<uuid:pk>/case/<int:annee>/", grille.case, name="case"),
    path("espace/indicateurs/<uuid:pk>/valeurs/<int:annee>/", fiche.valeur, name="valeur"),
]
