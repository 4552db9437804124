from django.urls import path

from bilans.dossier.sections import FormatDossier
from bilans.urls_annees import adresses as adresses_des_annees
from bilans.urls_campagne import adresses as adresses_des_campagnes
from bilans.urls_charte import adresses as adresses_de_la_charte
from bilans.urls_ecrire import adresses as adresses_de_l_editeur
from bilans.urls_langage import adresses as adresses_du_langage
from bilans.urls_public import adresses as adresses_publiques
from bilans.urls_publication import adresses as adresses_de_la_publication
from bilans.urls_rapport import adresses as adresses_des_rapports
from bilans.urls_relire import adresses as adresses_de_la_relecture
from bilans.views import dossier, liste

app_name = "bilans"
EN_PDF, EN_DOCX = {"format_": FormatDossier.PDF}, {"format_": FormatDossier.DOCX}

urlpatterns = [
    *adresses_publiques,
    path("espace/contrats/<uuid:pk>/bilans/", liste.bilans, name="bilans"),
    *adresses_de_la_publication,
    *adresses_du_langage,
    path("espace/contrats/<uuid:pk>/fiches/", dossier.choisir, name="dossier_choisir"),
    path("espace/actions/<uuid:pk>/fiche.pdf", dossier.fiche, EN_PDF, name="fiche_pdf"),
    path("espace/actions/<uuid:pk>/fiche.docx", dossier.fiche, EN_DOCX, name="fiche_docx"),
    *adresses_des_annees,
    *adresses_des_campagnes,
    *adresses_de_la_charte,
    *adresses_de_l_editeur,
    *adresses_des_rapports,
    *adresses_de_la_relecture,
    path("espace/dossiers/<uuid:pk>/", dossier.dossier, name="dossier"),
    path("espace/dossiers/<uuid:pk>/travail/", dossier.travail, name="dossier_travail"),
    path("espace/dossiers/<uuid:pk>/refaire/", dossier.refaire, name="dossier_refaire"),
    path("espace/dossiers/<uuid:pk>/fichier/", dossier.telecharger, name="dossier_fichier"),
]
