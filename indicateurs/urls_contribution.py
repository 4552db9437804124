"""Les adresses des contributions : le partenaire par son lien, la coordination dans l’espace."""

from django.urls import path

from indicateurs.views.contributions import demande, liens, partenaire, reception

CONTRAT = "espace/contrats/<uuid:pk>/contributions/"
LIEN = "contribution/<slug:slug>/<str:jeton>/"

adresses = [
    path(CONTRAT, reception.recues, name="contributions"),
    path(f"{CONTRAT}demander/", demande.demander, name="demander"),
    path("espace/contributions/<uuid:pk>/", reception.contribution, name="contribution"),
    path("espace/liens/<uuid:pk>/", liens.lien, name="lien"),
    path(LIEN, partenaire.fiches, name="partenaire"),
    path(f"{LIEN}<uuid:pk>/", partenaire.fiche, name="partenaire_fiche"),
]
