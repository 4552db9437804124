from django.urls import path

from bilans.dossier.sections import FormatDossier
from bilans.urls_annees import adresses as adresses_des_annees
from bilans.urls_campagne import adresses as adresses_des_campagnes
from bilans.urls_ecrire import adresses as adresses_de_l_editeur
from bilans.urls_public import adresses as adresses_publiques
from bilans.urls_rapport import adresses as adresses_des_rapports
from bilans.urls_relire import adresses as adresses_de_la_relecture
from bilans.views import bilan, dossier, liste

app_name = "bilans"
EN_PDF, EN_DOCX = {"format_": FormatDossier.PDF}, {"format_": FormatDossier.DOCX}

urlpatterns = [
    *adresses_publiques,
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
    *adresses_des_annees,
    *adresses_des_campagnes,
    *adresses_de_l_editeur,
    *adresses_des_rapports,
    *adresses_de_la_relecture,
    path("espace/dossiers/<uuid:pk>/", dossier.dossier, name="dossier"),
    path("espace/dossiers/<uuid:pk>/travail/", dossier.travail, name="dossier_travail"),
    path("espace/dossiers/<uuid:pk>/refaire/", dossier.refaire, name="dossier_refaire"),
    path("espace/dossiers/<uuid:pk>/fichier/", dossier.telecharger, name="dossier_fichier"),
]
