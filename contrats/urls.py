from django.urls import path

from contrats.views import (
    action,
    budget,
    champ,
    couverture,
    documents,
    equipe,
    espace,
    fiche,
    liste,
    perimetre,
    plan,
    signataires,
    suivi,
)

app_name = "contrats"

CONTRAT = "espace/contrats/<uuid:pk>/"
ACTION = "espace/actions/<uuid:pk>/"

urlpatterns = [
    path("contrats/", liste.liste, name="liste"),
    path("espace/", espace.espace, name="espace"),
    path("espace/couverture/", couverture.couverture_du_territoire, name="couverture"),
    path("espace/contrats/nouveau/", fiche.creer, name="creer"),
    path(CONTRAT, fiche.fiche, name="fiche"),
    path(f"{CONTRAT}modifier/", fiche.modifier, name="modifier"),
    path(f"{CONTRAT}phase/<slug:vers>/", fiche.phase, name="changer_phase"),
    path(f"{CONTRAT}plan/", plan.plan, name="plan"),
    path(f"{CONTRAT}plan/ajouter/", plan.action_creer, name="action_creer"),
    path(f"{CONTRAT}plan/axe/", plan.axe_creer, name="axe_creer"),
    path(f"{CONTRAT}plan/objectif/", plan.objectif_creer, name="objectif_creer"),
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
    path(f"{ACTION}supprimer/", action.action_supprimer, name="action_supprimer"),
    path(f"{ACTION}etapes/", action.jalon_ajouter, name="jalon_ajouter"),
    path(f"{ACTION}suivi/", suivi.suivi, name="action_suivi"),
    path(f"{ACTION}budget/", budget.budget, name="action_budget"),
    path(f"{ACTION}documents/", documents.documents, name="action_documents"),
    path(f"{ACTION}champ/<slug:champ>/", champ.champ, name="action_champ"),
    path("espace/etapes/<uuid:pk>/", action.jalon, name="jalon"),
]
