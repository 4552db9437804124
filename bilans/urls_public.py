"""Les adresses du site public, et la page où l’on lit ce que les habitants écrivent."""

from django.urls import path

from bilans.views import (
    annuaire,
    habitants,
    pages,
    public,
    public_actions,
    public_bilan,
    reactions,
    robots,
)

BILAN = "bilans/<slug:slug>/<int:annee>/"

adresses = [
    path("", public.accueil, name="accueil"),
    path("mon-contrat/", annuaire.mon_contrat, name="mon_contrat"),
    path("contrats/<slug:slug>/", public.contrat, name="contrat"),
    path("contrats/<slug:slug>/suivre/", habitants.suivre, name="suivre"),
    path("actions/", public_actions.liste, name="actions_publiques"),
    path("actions/<uuid:pk>/", public_actions.fiche, name="action_publique"),
    path("actions/<uuid:pk>/reagir/", habitants.reagir_a_l_action, name="reagir_action"),
    path("reunions/", annuaire.reunions, name="reunions"),
    path("bilans/", public.bilans_publies, name="liste"),
    path(BILAN, public_bilan.bilan_public, name="bilan_public"),
    path(f"{BILAN}bilan.pdf", public_bilan.bilan_pdf, name="bilan_pdf"),
    path(f"{BILAN}2-pages.pdf", public_bilan.bilan_deux_pages, name="bilan_deux_pages"),
    path(f"{BILAN}donnees.csv", public_bilan.donnees_csv, name="bilan_csv"),
    path(f"{BILAN}donnees.json", public_bilan.donnees_json, name="bilan_json"),
    path(f"{BILAN}partage.png", public_bilan.partage, name="bilan_partage"),
    path(f"{BILAN}reagir/", habitants.reagir_au_bilan, name="reagir_bilan"),
    path("photos/<slug:slug>/<slug:nom>.<slug:extension>", public_bilan.photo, name="photo"),
    path("donnees-ouvertes/", pages.donnees_ouvertes, name="donnees_ouvertes"),
    path("abonnement/<slug:secret>/", habitants.confirmer, name="abonnement_confirmer"),
    path("abonnement/<slug:secret>/arreter/", habitants.arreter, name="abonnement_arreter"),
    path("comprendre/", pages.comprendre, name="comprendre"),
    path("mots/", pages.mots, name="mots"),
    path("contact/", pages.contact, name="contact"),
    path("mentions-legales/", pages.mentions, name="mentions"),
    path("accessibilite/", pages.accessibilite, name="accessibilite"),
    path("donnees-personnelles/", pages.donnees_personnelles, name="donnees_personnelles"),
    path("plan-du-site/", pages.plan_du_site, name="plan_du_site"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
    path("robots.txt", robots.robots, name="robots"),
    path("espace/contrats/<uuid:pk>/reactions/", reactions.liste, name="reactions"),
    path("espace/contrats/<uuid:pk>/reactions/a-lire/", reactions.a_lire, name="reactions_a_lire"),
    path("espace/reactions/<uuid:pk>/moderer/", reactions.moderer, name="moderer"),
    path("espace/reactions/<uuid:pk>/repondre/", reactions.repondre, name="repondre"),
]
