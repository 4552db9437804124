from django.urls import path

from indicateurs.urls_contribution import adresses as adresses_des_contributions
from indicateurs.views import action, fiche, grille

app_name = "indicateurs"

urlpatterns = [
    *adresses_des_contributions,
    path("espace/contrats/<uuid:pk>/indicateurs/", grille.grille, name="grille"),
    path("espace/contrats/<uuid:pk>/indicateurs/ajouter/", fiche.ajouter, name="ajouter"),
    path("espace/actions/<uuid:pk>/indicateurs/", action.de_l_action, name="action"),
    path("espace/actions/<uuid:pk>/indicateurs/relier/", action.relier, name="relier"),
    path("espace/actions/<uuid:pk>/indicateurs/retirer/", action.delier, name="delier"),
    path("espace/indicateurs/<uuid:pk>/", fiche.fiche, name="fiche"),
    path("espace/indicateurs/<uuid:pk>/modifier/", fiche.modifier, name="modifier"),
    path("espace/indicateurs/<uuid:pk>/case/<int:annee>/", grille.case, name="case"),
    path("espace/indicateurs/<uuid:pk>/valeurs/<int:annee>/", fiche.valeur, name="valeur"),
]
