"""Les adresses du langage clair ; `code` : celui d’une partie de l’éditeur (« EDITO »)."""

from django.urls import path

from bilans.views import langage

LANGAGE = "espace/bilans/<uuid:pk>/langage/"

adresses = [
    path(LANGAGE, langage.langage, name="langage"),
    path(f"{LANGAGE}sigles/<str:sigle>/", langage.trancher, name="langage_sigle"),
    path(f"{LANGAGE}sigles/<str:sigle>/rouvrir/", langage.rouvrir, name="langage_rouvrir"),
    path(f"{LANGAGE}<str:code>/", langage.section, name="langage_section"),
    path(f"{LANGAGE}<str:code>/remplacer/", langage.remplacer, name="langage_remplacer"),
]
