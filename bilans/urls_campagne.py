"""Les adresses des campagnes de bilans."""

from django.urls import path

from bilans.views import campagne, campagne_edition

REGION = "espace/regions/<slug:code>/campagnes/"
CAMPAGNE = "espace/campagnes/<uuid:pk>/"

adresses = [
    path(REGION, campagne.campagnes, name="campagnes"),
    path(f"{REGION}ouvrir/", campagne_edition.ouvrir_pour_la_region, name="campagne_ouvrir"),
    path(
        "espace/contrats/<uuid:pk>/campagne/",
        campagne_edition.ouvrir_pour_le_contrat,
        name="campagne_du_contrat",
    ),
    path(CAMPAGNE, campagne.campagne, name="campagne"),
    path(f"{CAMPAGNE}modifier/", campagne_edition.modifier, name="campagne_modifier"),
    path(f"{CAMPAGNE}prolonger/", campagne_edition.prolonger, name="campagne_prolonger"),
    path(f"{CAMPAGNE}retirer/", campagne_edition.retirer, name="campagne_retirer"),
    path(
        f"{CAMPAGNE}exporter/<slug:extension>/",
        campagne.exporter,
        name="campagne_exporter",
    ),
]
