"""Les adresses des indicateurs d’une région."""

from django.urls import path

from indicateurs.views import region

REGION = "espace/regions/<slug:code>/indicateurs/"

adresses = [
    path(REGION, region.page, name="region"),
    path(f"{REGION}exporter/<slug:extension>/", region.exporter, name="region_exporter"),
    path(f"{REGION}suivis/<str:modele>/", region.indicateur, name="region_indicateur"),
    path(
        f"{REGION}suivis/<str:modele>/exporter/<slug:extension>/",
        region.exporter_indicateur,
        name="region_indicateur_exporter",
    ),
]
