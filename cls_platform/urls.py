"""Toutes les adresses : le site public à la racine, l’espace de travail, les comptes, l’API."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

handler400 = "cls_platform.socle.views.erreurs.mauvaise_requete"
handler403 = "cls_platform.socle.views.erreurs.acces_refuse"
handler404 = "cls_platform.socle.views.erreurs.introuvable"
handler500 = "cls_platform.socle.views.erreurs.erreur_interne"

urlpatterns = [
    path("", include("cls_platform.socle.urls")),
    path("", include("bilans.urls")),
    path("", include("indicateurs.urls")),
    path("", include("contrats.urls")),
    path("", include("acteurs.urls")),
    path("compte/", include("allauth.urls")),
    path("api/v1/", include("cls_platform.api")),
    path("administration/", admin.site.urls),
]
admin.site.site_header = settings.CLS_NOM_OPERATEUR
admin.site.site_title = settings.CLS_NOM_OPERATEUR
