from django.urls import path

from acteurs.views import compte, jetons

app_name = "acteurs"

urlpatterns = [
    path("", compte.profil, name="profil"),
    path("invitation/<str:jeton>/", compte.invitation, name="invitation"),
    path("jetons/", jetons.liste, name="jetons"),
    path("jetons/<uuid:pk>/revoquer/", jetons.revoquer, name="revoquer_jeton"),
]
