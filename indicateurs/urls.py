from django.urls import path

from indicateurs.urls_beneficiaires import adresses as adresses_des_beneficiaires
from indicateurs.urls_chaine import adresses as adresses_de_la_chaine
from indicateurs.urls_contribution import adresses as adresses_des_contributions
from indicateurs.urls_definition import adresses as adresses_des_definitions
from indicateurs.urls_evaluation import adresses as adresses_des_evaluations
from indicateurs.urls_lecture import adresses as adresses_de_la_lecture
from indicateurs.urls_region import adresses as adresses_de_la_region
from indicateurs.urls_saisie import adresses as adresses_de_la_saisie
from indicateurs.views import action, fiche, trajectoires

app_name = "indicateurs"

urlpatterns = [
    *adresses_des_contributions,
    *adresses_des_beneficiaires,
    *adresses_de_la_chaine,
    *adresses_des_definitions,
    *adresses_des_evaluations,
    *adresses_de_la_lecture,
    *adresses_de_la_region,
    *adresses_de_la_saisie,
    path("espace/actions/<uuid:pk>/indicateurs/", action.de_l_action, name="action"),
    path("espace/actions/<uuid:pk>/indicateurs/relier/", action.relier, name="relier"),
    path("espace/actions/<uuid:pk>/indicateurs/retirer/", action.delier, name="delier"),
    path(
        "espace/contrats/<uuid:pk>/indicateurs/trajectoires/",
        trajectoires.trajectoires,
        name="trajectoires",
    ),
    path("espace/indicateurs/<uuid:pk>/", fiche.fiche, name="fiche"),
]
