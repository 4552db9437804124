"""Les adresses de l’histoire d’une fiche et de la corbeille."""

from django.urls import path

from contrats.views import corbeille, historique, retablir

ACTION = "espace/actions/<uuid:pk>/"
HISTORIQUE = f"{ACTION}historique/"
CHAMP = f"{HISTORIQUE}champ/<slug:champ>/"

adresses = [
    path(HISTORIQUE, historique.historique_de_la_fiche, name="action_historique"),
    path(CHAMP, historique.historique_du_champ, name="champ_historique"),
    path(f"{CHAMP}<int:d_alors>/", retablir.champ_retablir, name="champ_retablir"),
    path(
        f"{HISTORIQUE}<slug:genre>/<uuid:element>/",
        retablir.element_retablir,
        name="element_retablir",
    ),
    path("espace/contrats/<uuid:pk>/plan/corbeille/", corbeille.corbeille, name="corbeille"),
    path(f"{ACTION}supprimer/", corbeille.action_supprimer, name="action_supprimer"),
    path(f"{ACTION}rendre/", corbeille.action_rendre, name="action_rendre"),
    path(f"{ACTION}effacer/", corbeille.action_effacer, name="action_effacer"),
]
