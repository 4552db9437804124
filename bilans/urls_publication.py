"""Le tableau de bord d’un bilan, ses documents, sa publication et ses éditions."""

from django.urls import path

from bilans.views import bilan, documents, editions, publication

BILAN = "espace/bilans/<uuid:pk>/"
DOCUMENT = "espace/bilans/documents/<uuid:pk>/"
EDITION = "bilans/<slug:slug>/<int:annee>/version/<int:numero>/"
EN_CSV, EN_JSON = {"extension": "csv"}, {"extension": "json"}

adresses = [
    path("b/<slug:code>", editions.adresse_courte, name="adresse_courte"),
    path(EDITION, editions.edition_publique, name="edition_publique"),
    path(f"{EDITION}bilan.pdf", editions.edition_pdf, name="edition_pdf"),
    path(f"{EDITION}donnees.csv", editions.edition_donnees, EN_CSV, name="edition_csv"),
    path(f"{EDITION}donnees.json", editions.edition_donnees, EN_JSON, name="edition_json"),
    path(BILAN, bilan.fiche, name="bilan"),
    path(f"{BILAN}pdf/", bilan.demander, name="demander"),
    path(f"{BILAN}travail/", bilan.travail, name="travail"),
    path(f"{BILAN}bilan.pdf", bilan.telecharger, name="telecharger"),
    path(f"{BILAN}etat/", bilan.changer_etat, name="etat"),
    path(f"{BILAN}publier/", publication.publier, name="publier"),
    path(f"{BILAN}retirer/", publication.retirer, name="retirer"),
    path(f"{BILAN}parution/", publication.parution, name="parution"),
    path(f"{BILAN}parution/reessayer/", publication.reessayer, name="parution_reessayer"),
    path(f"{BILAN}corriger/", publication.corriger, name="corriger"),
    path(f"{BILAN}documents/", documents.documents, name="documents"),
    path(f"{BILAN}documents/demander/", documents.demander, name="document_demander"),
    path(f"{DOCUMENT}travail/", documents.travail, name="document_travail"),
    path(f"{DOCUMENT}fichier/", documents.telecharger, name="document_fichier"),
]
