"""Les adresses de l’éditeur du bilan ; `code` : « EDITO », « volet-<axe> », « volet-sans-axe »."""

from django.urls import path

from bilans.views.ecrire import apercu, edito, histoire, liens, partie, photos, plan, volet

BILAN = "espace/bilans/<uuid:pk>/ecrire/"
PARTIE = f"{BILAN}<str:code>/"
EDITO = "mot-pour-le-bilan/<slug:slug>/<str:jeton>/"

adresses = [
    path(BILAN, partie.ecrire, name="ecrire"),
    path(f"{BILAN}plan/", plan.plan, name="ecrire_plan"),
    path(f"{BILAN}lien-edito/", liens.liens, name="edito_liens"),
    path(PARTIE, partie.section, name="ecrire_section"),
    path(f"{PARTIE}apercu/", apercu.apercu, name="ecrire_apercu"),
    path(f"{PARTIE}pages/", apercu.pages, name="ecrire_pages"),
    path(f"{PARTIE}pages/<str:empreinte>/<int:numero>/", apercu.page, name="ecrire_page"),
    path(f"{PARTIE}historique/", histoire.histoire, name="ecrire_histoire"),
    path(f"{PARTIE}historique/<int:d_alors>/", histoire.retablir, name="ecrire_retablir"),
    path(f"{PARTIE}deplacer/", plan.deplacer, name="ecrire_deplacer"),
    path(f"{PARTIE}presence/", plan.presence, name="ecrire_presence"),
    path(f"{PARTIE}actions/", volet.choisir, name="ecrire_actions"),
    path(
        "espace/bilans/<uuid:pk>/actions/<uuid:action>/", volet.deplacer, name="ecrire_rang_action"
    ),
    path("espace/bilans/liens-edito/<int:pk>/", liens.revoquer, name="edito_revoquer"),
    path("espace/bilans/liens-edito/<int:pk>/envoyer/", liens.envoyer, name="edito_envoyer"),
    path("espace/contrats/<uuid:pk>/photos/", photos.photos, name="photos"),
    path("espace/images/<uuid:pk>/", photos.image, name="image"),
    path("espace/images/<uuid:pk>/decrire/", photos.decrire, name="image_decrire"),
    path("espace/images/<uuid:pk>/retirer/", photos.retirer, name="image_retirer"),
    path(EDITO, edito.edito, name="edito_par_lien"),
    path(f"{EDITO}portrait/", edito.portrait, name="edito_portrait"),
]
