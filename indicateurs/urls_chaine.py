"""Les adresses de la chaîne d’un contrat : la lire, la réparer, décrire un effet."""

from django.urls import path

from indicateurs.views.chaine import effets, gestes, page

CHAINE = "espace/contrats/<uuid:pk>/indicateurs/chaine/"
BESOIN = "espace/besoins/<uuid:pk>/"
EFFET = "espace/actions/<uuid:pk>/effets/<uuid:indicateur>/"

adresses = [
    path(CHAINE, page.chaine, name="chaine"),
    path(f"{CHAINE}exporter/", page.exporter, name="chaine_exporter"),
    path(f"{CHAINE}mesurer/", gestes.mesurer, name="chaine_mesurer"),
    path(f"{CHAINE}besoins/", gestes.ajouter_besoin, name="besoin_ajouter"),
    path(BESOIN, gestes.besoin, name="besoin"),
    path(f"{BESOIN}relier/", gestes.relier_besoin, name="besoin_relier"),
    path(f"{BESOIN}deplacer/", gestes.deplacer_besoin, name="besoin_deplacer"),
    path(f"{BESOIN}retirer/", gestes.retirer_besoin, name="besoin_retirer"),
    path("espace/objectifs/<uuid:pk>/repondre/", gestes.repondre, name="objectif_repondre"),
    path(EFFET, effets.effet, name="effet"),
    path(f"{EFFET}retirer/", effets.retirer, name="effet_retirer"),
]
