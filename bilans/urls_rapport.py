"""Les adresses des rapports régionaux et national."""

from django.urls import path

from bilans.views import rapport_regional

RAPPORT = "espace/rapports/<uuid:pk>/"

adresses = [
    path("espace/regions/<slug:code>/rapport/", rapport_regional.regional, name="rapport_regional"),
    path("espace/couverture/rapport/", rapport_regional.national, name="rapport_national"),
    path(RAPPORT, rapport_regional.rapport, name="rapport"),
    path(f"{RAPPORT}travail/", rapport_regional.travail, name="rapport_travail"),
    path(f"{RAPPORT}refaire/", rapport_regional.refaire, name="rapport_refaire"),
    path(f"{RAPPORT}rapport.pdf", rapport_regional.telecharger, name="rapport_fichier"),
    path(f"{RAPPORT}donnees.json", rapport_regional.donnees, name="rapport_donnees"),
]
