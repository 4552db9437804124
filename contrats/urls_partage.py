"""Les adresses de la copie, du partage et de la bibliothèque d’actions."""

from django.urls import path

from contrats.views import bibliotheque, copie, partages

CONTRAT = "espace/contrats/<uuid:pk>/"
ACTION = "espace/actions/<uuid:pk>/"
PARTAGE = "espace/partages/<uuid:pk>/"
BIBLIOTHEQUE = "espace/bibliotheque/"

adresses = [
    path(f"{ACTION}dupliquer/", copie.action_dupliquer, name="action_dupliquer"),
    path(
        "espace/plan/<slug:genre>/<uuid:pk>/dupliquer/",
        copie.niveau_dupliquer,
        name="niveau_dupliquer",
    ),
    path(f"{CONTRAT}plan/reprendre/", copie.plan_reprendre, name="plan_reprendre"),
    path("espace/copies/<uuid:pk>/", copie.copie, name="copie"),
    path(f"{ACTION}partager/", partages.action_partager, name="action_partager"),
    path(f"{CONTRAT}plan/partages/", partages.partages, name="partages"),
    path(PARTAGE, partages.partage, name="partage"),
    path(f"{PARTAGE}accepter/", partages.partage_accepter, name="partage_accepter"),
    path(f"{PARTAGE}refuser/", partages.partage_refuser, name="partage_refuser"),
    path(f"{PARTAGE}retirer/", partages.partage_retirer, name="partage_retirer"),
    path(BIBLIOTHEQUE, bibliotheque.bibliotheque, name="bibliotheque"),
    path(f"{BIBLIOTHEQUE}panier/", bibliotheque.panier, name="panier"),
    path(f"{BIBLIOTHEQUE}<uuid:pk>/", bibliotheque.fiche_type, name="fiche_type"),
    path(
        f"{BIBLIOTHEQUE}<uuid:pk>/panier/<slug:geste>/",
        bibliotheque.panier_geste,
        name="panier_geste",
    ),
    path(f"{CONTRAT}plan/panier/", bibliotheque.panier_ajouter, name="panier_ajouter"),
    path(f"{CONTRAT}plan/offrir/", bibliotheque.offrir, name="offrir"),
]
