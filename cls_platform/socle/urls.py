from django.conf import settings
from django.urls import URLPattern, path

from cls_platform.socle.views.galerie import galerie
from cls_platform.socle.views.sante import pret, vivant
from cls_platform.socle.views.theme import feuille_de_theme, feuille_du_site_public

app_name = "socle"

urlpatterns: list[URLPattern] = [
    path("theme.css", feuille_de_theme, name="theme"),
    path("public.css", feuille_du_site_public, name="feuille_publique"),
    path("sante/vivant", vivant, name="vivant"),
    path("sante/pret", pret, name="pret"),
]

if settings.GALERIE_COMPOSANTS:
    urlpatterns += [path("galerie/", galerie, name="galerie")]
