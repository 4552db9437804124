from django.urls import path

from bilans.dossier.sections import FormatDossier
from bilans.urls_campagne import adresses as adresses_des_campagnes
from bilans.urls_rapport import adresses as adresses_des_rapports
from bilans.views import bilan, dossier, liste, pages, public

app_name = "bilans"
EN_PDF, EN_DOCX = {"format_": FormatDossier.PDF}, {"format_": FormatDossier.DOCX}

urlpatterns = [
    path("", public.accueil, name="accueil"),
    path("contrats/<slug:slug>/", public.contrat, name="contrat"),
    path("bilans/", public.bilans_publies, name="liste"),
    path("bilans/<slug:slug>/<int:annee>/", public.bilan_public, name="bilan_public"),
    path("bilans/<slug:slug>/<int:annee>/bilan.pdf", public.bilan_pdf, name="bilan_pdf"),
    path("comprendre/", pages.comprendre, name="comprendre"),
    path("mots/", pages.mots, name="mots"),
    path("mentions-legales/", pages.mentions, name="mentions"),
    path("accessibilite/", pages.accessibilite, name="accessibilite"),
    path("donnees-personnelles/", pages.donnees_personnelles, name="donnees_personnelles"),
    path("plan-du-site/", pages.plan_du_site, name="plan_du_site"),
    path("espace/contrats/<uuid:pk>/bilans/", liste.bilans, name="bilans"),
    path("espace/bilans/<uuid:pk>/", bilan.fiche, name="bilan"),
    path("espace/bilans/<uuid:pk>/sections/<str:code>/", bilan.ecrire, name="section"),
    path("espace/bilans/<uuid:pk>/pdf/", bilan.demander, name="demander"),
    path("espace/bilans/<uuid:pk>/travail/", bilan.travail, name="travail"),
    path("espace/bilans/<uuid:pk>/bilan.pdf", bilan.telecharger, name="telecharger"),
    path("espace/bilans/<uuid:pk>/etat/", bilan.changer_etat, name="etat"),
    path("espace/bilans/<uuid:pk>/publier/", bilan.publier, name="publier"),
    path("espace/bilans/<uuid:pk>/retirer/", bilan.retirer, name="retirer"),
    path("espace/contrats/<uuid:pk>/fiches/", dossier.choisir, name="dossier_choisir"),
    path("espace/actions/<uuid:pk>/fiche.pdf", dossier.fiche, EN_PDF, name="fiche_pdf"),
    path("espace/actions/<uuid:pk>/fiche.docx", dossier.fiche, EN_DOCX, name="fiche_docx"),
    *adresses_des_campagnes,
    *adresses_des_rapports,
    path("espace/dossiers/<uuid:pk>/", dossier.dossier, name="dossier"),
    path("espace/dossiers/<uuid:pk>/travail/", dossier.travail, name="dossier_travail"),
    path("espace/dossiers/<uuid:pk>/refaire/", dossier.refaire, name="dossier_refaire"),
    path("espace/dossiers/<uuid:pk>/fichier/", dossier.telecharger, name="dossier_fichier"),
]
