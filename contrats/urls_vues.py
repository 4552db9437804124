"""Les adresses des vues enregistrées et de l’organisation du plan."""

from django.urls import path

from contrats.views.vues import enregistrees, niveaux, organiser, page

PLAN = "espace/contrats/<uuid:pk>/plan/"
ELEMENT = "espace/plan/<slug:genre>/<uuid:pk>/"
VUE = "espace/vues/<uuid:pk>/"

adresses = [
    path(f"{PLAN}filtres/", page.filtres, name="filtres"),
    path(f"{PLAN}vues/", enregistrees.vues, name="vues"),
    path(f"{PLAN}vues/ajouter/", enregistrees.ajouter, name="vue_ajouter"),
    path(VUE, enregistrees.modifier, name="vue_modifier"),
    path(f"{VUE}supprimer/", enregistrees.supprimer, name="vue_supprimer"),
    path(f"{PLAN}organiser/", organiser.organiser, name="organiser"),
    path(f"{PLAN}numeros/", organiser.numeros, name="numeros"),
    path(f"{ELEMENT}deplacer/", organiser.deplacer, name="deplacer"),
    path(f"{ELEMENT}decaler/<slug:sens>/", organiser.decaler, name="decaler"),
    path(f"{ELEMENT}modifier/", niveaux.modifier, name="niveau_modifier"),
    path(f"{ELEMENT}supprimer/", niveaux.supprimer, name="niveau_supprimer"),
]
