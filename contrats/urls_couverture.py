"""Les adresses de la couverture : les territoires, derrière leurs chiffres, dans le temps."""

from django.urls import path

from contrats.views import (
    couverture,
    couverture_communes,
    couverture_evolution,
    couverture_exports,
)

COUVERTURE = "espace/couverture/"
COMMUNES = f"{COUVERTURE}communes/"

adresses = [
    path(COUVERTURE, couverture.france, name="couverture"),
    path(f"{COUVERTURE}regions/<slug:code>/", couverture.region, name="couverture_region"),
    path(
        f"{COUVERTURE}departements/<slug:code>/",
        couverture.departement,
        name="couverture_departement",
    ),
    path(f"{COUVERTURE}intercommunalites/<slug:code>/", couverture.epci, name="couverture_epci"),
    path(
        f"{COUVERTURE}exporter/<slug:extension>/",
        couverture_exports.exporter,
        name="couverture_exporter",
    ),
    path(COMMUNES, couverture_communes.communes, name="couverture_communes"),
    path(
        f"{COMMUNES}exporter/<slug:extension>/",
        couverture_exports.exporter_communes,
        name="couverture_communes_exporter",
    ),
    path(f"{COMMUNES}<slug:code>/", couverture_communes.commune, name="couverture_commune"),
    path(f"{COUVERTURE}evolution/", couverture_evolution.evolution, name="couverture_evolution"),
    path(
        f"{COUVERTURE}evolution/exporter/<slug:extension>/",
        couverture_exports.exporter_evolution,
        name="couverture_evolution_exporter",
    ),
]
