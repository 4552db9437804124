"""Les adresses du pilotage d’une région."""

from django.urls import path

from contrats.views import pilotage

PILOTAGE = "espace/regions/<slug:code>/pilotage/"

adresses = [
    path(PILOTAGE, pilotage.page, name="pilotage"),
    path(f"{PILOTAGE}<slug:liste>/", pilotage.lister, name="pilotage_liste"),
    path(
        f"{PILOTAGE}<slug:quoi>/exporter/<slug:extension>/",
        pilotage.exporter,
        name="pilotage_exporter",
    ),
]
