"""Les adresses de la lecture : comparaison, histoires derrière la courbe, échéances, relances."""

from django.urls import path

from indicateurs.views import comparaison, echeances, recits, relances

CONTRAT = "espace/contrats/<uuid:pk>/indicateurs/"

adresses = [
    path(f"{CONTRAT}comparaison/", comparaison.comparaison, name="comparaison"),
    path(
        f"{CONTRAT}comparaison.<slug:extension>",
        comparaison.exporter,
        name="comparaison_exporter",
    ),
    path(f"{CONTRAT}echeances/", echeances.echeances, name="echeances"),
    path(f"{CONTRAT}echeances/en-retard/", echeances.en_retard, name="en_retard"),
    path(f"{CONTRAT}echeances/relancer/", relances.relancer, name="relancer"),
    path("espace/indicateurs/<uuid:pk>/recits/ajouter/", recits.ajouter, name="recit_ajouter"),
    path("espace/recits/<uuid:pk>/", recits.modifier, name="recit"),
    path("espace/recits/<uuid:pk>/supprimer/", recits.supprimer, name="recit_supprimer"),
]
