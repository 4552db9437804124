"""Les adresses de la relecture : fils, avis, validation, visas, contrôles."""

from django.urls import path

from bilans.views.relire import avis, commentaires, lien_avis, page, validation

BILAN = "espace/bilans/<uuid:pk>/"
COMMENTAIRE = "espace/commentaires/<uuid:pk>/"
AVIS = "espace/avis/<uuid:pk>/"
LIEN = "avis/<slug:slug>/<str:jeton>/"

adresses = [
    path(f"{BILAN}relire/", page.page, name="relire"),
    path("espace/contrats/<uuid:pk>/bilans/a-relire/", page.a_relire, name="a_relire"),
    path(f"{BILAN}commentaires/", commentaires.commentaires, name="commentaires"),
    path(
        f"{BILAN}commentaires/<str:code>/",
        commentaires.commentaires_section,
        name="commentaires_section",
    ),
    path(f"{COMMENTAIRE}repondre/", commentaires.repondre, name="commentaire_repondre"),
    path(f"{COMMENTAIRE}etat/", commentaires.changer, name="commentaire_etat"),
    path(f"{COMMENTAIRE}modifier/", commentaires.modifier, name="commentaire_modifier"),
    path(f"{COMMENTAIRE}retirer/", commentaires.retirer, name="commentaire_retirer"),
    path(f"{BILAN}avis/", avis.avis, name="avis"),
    path(f"{BILAN}avis/demander/", avis.demander, name="avis_demander"),
    path(f"{AVIS}rendre/", avis.rendre, name="avis_rendre"),
    path(f"{AVIS}recopier/", avis.recopier, name="avis_recopier"),
    path(f"{AVIS}relancer/", avis.relancer, name="avis_relancer"),
    path(f"{AVIS}modifier/", avis.modifier, name="avis_modifier"),
    path(f"{AVIS}retirer/", avis.retirer, name="avis_retirer"),
    path(LIEN, lien_avis.avis_par_lien, name="avis_par_lien"),
    path(f"{LIEN}bilan.pdf", lien_avis.pdf_par_lien, name="avis_par_lien_pdf"),
    path(f"{BILAN}valider/", validation.valider, name="valider"),
    path(f"{BILAN}valider/corriger/", validation.corriger, name="valider_corriger"),
    path(f"{BILAN}viser/<slug:au_nom_de>/", validation.viser, name="viser"),
    path("espace/visas/<uuid:pk>/retirer/", validation.retirer_visa, name="visa_retirer"),
    path(f"{BILAN}verifier/", validation.verifier, name="controles"),
]
