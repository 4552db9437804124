from django.urls import URLPattern, path

from contrats.urls_a_faire import adresses as adresses_a_faire
from contrats.urls_avenants import adresses as adresses_des_avenants
from contrats.urls_carte import adresses as adresses_des_cartes
from contrats.urls_couverture import adresses as adresses_de_la_couverture
from contrats.urls_gouvernance import adresses as adresses_de_la_gouvernance
from contrats.urls_historique import adresses as adresses_de_l_historique
from contrats.urls_import_cls import adresses as adresses_de_l_import_cls
from contrats.urls_lots import adresses as adresses_des_lots
from contrats.urls_partage import adresses as adresses_du_partage
from contrats.urls_pilotage import adresses as adresses_du_pilotage
from contrats.urls_vues import adresses as adresses_des_vues
from contrats.views import (
    action,
    budget,
    budget_du_plan,
    champ,
    champs_libres,
    completude,
    documents,
    equipe,
    espace,
    export_fiches,
    export_plan,
    fiche,
    import_plan,
    jalons,
    journal,
    liste,
    perimetre,
    plan,
    signataires,
    suivi,
)

app_name = "contrats"

CONTRAT = "espace/contrats/<uuid:pk>/"
ACTION = "espace/actions/<uuid:pk>/"


def _argent(sorte: str, chemin: str) -> list[URLPattern]:
    """Ajouter, modifier, retirer une dépense ou un financement."""
    commun = {"sorte": sorte}
    un = f"espace/{chemin}/<uuid:pk>/"
    return [
        path(f"{ACTION}{chemin}/", budget.ajouter, commun, name=f"{sorte}_ajouter"),
        path(un, budget.modifier, commun, name=f"{sorte}_modifier"),
        path(f"{un}retirer/", budget.retirer, commun, name=f"{sorte}_retirer"),
    ]


urlpatterns = [
    path("contrats/", liste.liste, name="liste"),
    path("espace/", espace.espace, name="espace"),
    *adresses_de_la_couverture,
    *adresses_des_avenants,
    *adresses_de_la_gouvernance,
    *adresses_des_cartes,
    *adresses_a_faire,
    *adresses_du_pilotage,
    path(
        "espace/fiches/exporter/<slug:extension>/",
        export_fiches.exporter_fiches,
        name="exporter_fiches",
    ),
    path("espace/contrats/nouveau/", fiche.creer, name="creer"),
    *adresses_de_l_import_cls,
    path(CONTRAT, fiche.fiche, name="fiche"),
    path(f"{CONTRAT}modifier/", fiche.modifier, name="modifier"),
    path(f"{CONTRAT}phase/<slug:vers>/", fiche.phase, name="changer_phase"),
    path(f"{CONTRAT}plan/", plan.plan, name="plan"),
    path(f"{CONTRAT}plan/ajouter/", plan.action_creer, name="action_creer"),
    path(f"{CONTRAT}plan/champs/", champs_libres.champs_libres, name="champs_libres"),
    path(f"{CONTRAT}plan/completude/", completude.completude_du_plan, name="completude"),
    path("espace/champs/<uuid:pk>/", champs_libres.champ_libre, name="champ_libre"),
    path(
        "espace/champs/<uuid:pk>/geste/", champs_libres.champ_libre_geste, name="champ_libre_geste"
    ),
    path(f"{CONTRAT}plan/axe/", plan.axe_creer, name="axe_creer"),
    path(f"{CONTRAT}plan/objectif/", plan.objectif_creer, name="objectif_creer"),
    path(f"{CONTRAT}plan/budget/", budget_du_plan.budget, name="plan_budget"),
    path(f"{CONTRAT}plan/budget.csv", budget_du_plan.telecharger, name="plan_budget_csv"),
    *adresses_des_vues,
    *adresses_du_partage,
    *adresses_des_lots,
    path(f"{CONTRAT}plan/importer/", import_plan.importer, name="importer"),
    path("espace/imports/<uuid:pk>/", import_plan.rapport, name="import_rapport"),
    path("espace/imports/<uuid:pk>/feuille/", import_plan.feuille, name="import_feuille"),
    path("espace/imports/<uuid:pk>/colonnes/", import_plan.colonnes, name="import_colonnes"),
    path("espace/imports/<uuid:pk>/travail/", import_plan.travail, name="import_travail"),
    path(
        f"{CONTRAT}plan/exporter/<slug:extension>/", export_plan.exporter_plan, name="exporter_plan"
    ),
    path(f"{CONTRAT}perimetre/", perimetre.perimetre, name="perimetre"),
    path(f"{CONTRAT}perimetre/ajouter/", perimetre.ajouter, name="perimetre_ajouter"),
    path(f"{CONTRAT}perimetre/retirer/", perimetre.retirer, name="perimetre_retirer"),
    path(f"{CONTRAT}signataires/", signataires.signataires, name="signataires"),
    path(f"{CONTRAT}signataires/ajouter/", signataires.ajouter, name="partie_ajouter"),
    path(f"{CONTRAT}signataires/organisation/", signataires.creer, name="organisation_creer"),
    path("espace/signataires/<uuid:pk>/", signataires.modifier, name="partie_modifier"),
    path("espace/signataires/<uuid:pk>/retirer/", signataires.retirer, name="partie_retirer"),
    path(f"{CONTRAT}equipe/", equipe.equipe, name="equipe"),
    path("espace/equipe/<int:pk>/retirer/", equipe.retirer, name="equipe_retirer"),
    path(ACTION, action.action, name="action"),
    path(f"{ACTION}modifier/", action.action_modifier, name="action_modifier"),
    *adresses_de_l_historique,
    path(f"{ACTION}etapes/", jalons.jalon_ajouter, name="jalon_ajouter"),
    path(f"{ACTION}suivi/", suivi.suivi, name="action_suivi"),
    path(f"{ACTION}budget/", budget.budget, name="action_budget"),
    *_argent("ligne", "depenses"),
    *_argent("financement", "financements"),
    path(f"{ACTION}documents/", documents.documents, name="action_documents"),
    path("espace/documents/<uuid:pk>/", documents.telecharger, name="document_telecharger"),
    path("espace/documents/<uuid:pk>/renommer/", documents.renommer, name="document_renommer"),
    path("espace/documents/<uuid:pk>/retirer/", documents.retirer, name="document_retirer"),
    path(f"{ACTION}champ/<slug:champ>/", champ.champ, name="action_champ"),
    path("espace/etapes/<uuid:pk>/", jalons.jalon, name="jalon"),
    path("espace/etapes/<uuid:pk>/modifier/", jalons.jalon_modifier, name="jalon_modifier"),
    path("espace/etapes/<uuid:pk>/retirer/", jalons.jalon_supprimer, name="jalon_supprimer"),
    path(f"{ACTION}notes/", journal.note_ajouter, name="note_ajouter"),
    path("espace/notes/<uuid:pk>/", journal.note, name="note"),
    path("espace/notes/<uuid:pk>/retirer/", journal.note_supprimer, name="note_supprimer"),
]
