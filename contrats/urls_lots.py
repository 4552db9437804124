"""Les adresses des modifications en lot."""

from django.urls import path

from contrats.views import lots

LOT = "espace/lots/<uuid:pk>/"

adresses = [
    path("espace/contrats/<uuid:pk>/plan/lots/", lots.lots, name="lots"),
    path(LOT, lots.lot, name="lot"),
    path(f"{LOT}modifier/", lots.modifier, name="lot_modifier"),
    path(f"{LOT}appliquer/", lots.appliquer, name="lot_appliquer"),
    path(f"{LOT}annuler/", lots.annuler, name="lot_annuler"),
    path(f"{LOT}travail/", lots.travail, name="lot_travail"),
]
