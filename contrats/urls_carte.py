"""L’adresse des cartes de couverture à emporter ; ses paramètres disent le reste."""

from django.urls import path

from contrats.views import carte

adresses = [
    path("espace/couverture/carte.<slug:extension>", carte.carte, name="carte_couverture"),
]
