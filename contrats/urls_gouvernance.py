"""Les adresses de la gouvernance d’un contrat : instances, réunions, décisions, agendas."""

from django.urls import path

from contrats.views import agenda, compte_rendu, decisions, gouvernance, reunions

PIECE = "espace/contrats/<uuid:pk>/gouvernance/"
INSTANCE = "espace/instances/<uuid:pk>/"
REUNION = "espace/reunions/<uuid:pk>/"
DECISION = "espace/decisions/<uuid:pk>/"

adresses = [
    path(PIECE, gouvernance.gouvernance, name="gouvernance"),
    path(f"{PIECE}calendrier/", gouvernance.calendrier, name="gouvernance_calendrier"),
    path(f"{PIECE}decisions/", decisions.decisions, name="decisions"),
    path(
        f"{PIECE}decisions/exporter/<slug:extension>/",
        decisions.exporter,
        name="decisions_exporter",
    ),
    path(f"{PIECE}instances/ajouter/", gouvernance.instance_ajouter, name="instance_ajouter"),
    path(f"{PIECE}reunions/ajouter/", reunions.ajouter, name="reunion_ajouter"),
    path(INSTANCE, gouvernance.instance, name="instance"),
    path(f"{INSTANCE}modifier/", gouvernance.instance_modifier, name="instance_modifier"),
    path(f"{INSTANCE}retirer/", gouvernance.instance_retirer, name="instance_retirer"),
    path(REUNION, reunions.reunion, name="reunion"),
    path(f"{REUNION}modifier/", reunions.modifier, name="reunion_modifier"),
    path(f"{REUNION}compte-rendu/", compte_rendu.compte_rendu, name="reunion_compte_rendu"),
    path(f"{REUNION}etat/", reunions.changer, name="reunion_etat"),
    path(f"{REUNION}retirer/", reunions.retirer, name="reunion_retirer"),
    path(f"{REUNION}reunion.ics", agenda.reunion, name="reunion_agenda"),
    path(f"{REUNION}decisions/ajouter/", decisions.ajouter, name="decision_ajouter"),
    path(f"{DECISION}modifier/", decisions.modifier, name="decision_modifier"),
    path(f"{DECISION}statut/", decisions.statut, name="decision_statut"),
    path(f"{DECISION}retirer/", decisions.retirer, name="decision_retirer"),
    path("contrats/<slug:slug>/reunions.ics", agenda.reunions_publiques, name="reunions_publiques"),
    path("contrats/reunions/<uuid:pk>.ics", agenda.reunion_publique, name="reunion_publique"),
]
