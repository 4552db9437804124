from django.urls import path

from acteurs.views import compte, donnees, import_donnees, jetons

app_name = "acteurs"

COMPTE = "compte/"
DONNEES = "espace/donnees/"

urlpatterns = [
    path(COMPTE, compte.profil, name="profil"),
    path(f"{COMPTE}invitation/<str:jeton>/", compte.invitation, name="invitation"),
    path(f"{COMPTE}jetons/", jetons.liste, name="jetons"),
    path(f"{COMPTE}jetons/<uuid:pk>/revoquer/", jetons.revoquer, name="revoquer_jeton"),
    path(DONNEES, donnees.liste, name="donnees"),
    path(f"{DONNEES}charger/<slug:genre>/", import_donnees.importer, name="importer_donnees"),
    path(f"{DONNEES}modele-<slug:genre>.<slug:extension>", donnees.modele, name="modele_donnees"),
    path(f"{DONNEES}fichiers/<uuid:pk>/", import_donnees.rapport, name="import_donnees"),
    path(
        f"{DONNEES}fichiers/<uuid:pk>/rapport.<slug:extension>",
        import_donnees.emporter_le_rapport,
        name="import_donnees_rapport",
    ),
    path(f"{DONNEES}zonages/<uuid:pk>/retirer/", donnees.retirer_un_zonage, name="retirer_zonage"),
    path(f"{DONNEES}millesimes/<uuid:pk>/", donnees.millesime, name="millesime"),
    path(
        f"{DONNEES}millesimes/<uuid:pk>/retirer/",
        donnees.retirer_des_donnees,
        name="retirer_donnees",
    ),
]
