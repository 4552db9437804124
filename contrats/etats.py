"""Quand : les phases d’un contrat, les statuts d’une action et leurs passages permis.

Sources des libellés : référentiel du domaine. Une phase marquée comme une habitude (préfiguration,
prorogation) peut être sautée : la loi n’impose aucun déroulé (CSP, art. L1434-10).
"""

from dataclasses import dataclass

from django.db.models import TextChoices

from acteurs.droits import Droit


class Phase(TextChoices):
    INTENTION = "INTENTION", "Intention"
    PREFIGURATION = "PREFIGURATION", "Préfiguration"
    DIAGNOSTIC = "DIAGNOSTIC", "Diagnostic partagé"
    ELABORATION = "ELABORATION", "Élaboration du plan d’actions"
    SIGNATURE = "SIGNATURE", "Signature"
    MISE_EN_OEUVRE = "MISE_EN_OEUVRE", "Mise en œuvre"
    EVALUATION = "EVALUATION", "Évaluation finale"
    PROROGE = "PROROGE", "Prorogé"
    CLOS = "CLOS", "Clos"
    RENOUVELE = "RENOUVELE", "Renouvelé"
    ABANDONNE = "ABANDONNE", "Abandonné"


PHASES_SIGNEES = (Phase.SIGNATURE, Phase.MISE_EN_OEUVRE, Phase.EVALUATION, Phase.PROROGE)
PHASES_EN_PROJET = (Phase.INTENTION, Phase.PREFIGURATION, Phase.DIAGNOSTIC, Phase.ELABORATION)
PHASES_TERMINEES = (Phase.CLOS, Phase.RENOUVELE, Phase.ABANDONNE)

# Ce que lit un habitant
PHASE_PUBLIQUE: dict[str, str] = {
    Phase.INTENTION: "En projet",
    Phase.PREFIGURATION: "En projet",
    Phase.DIAGNOSTIC: "En préparation : nous regardons les besoins",
    Phase.ELABORATION: "En préparation : nous choisissons les actions",
    Phase.SIGNATURE: "Prêt à être signé",
    Phase.MISE_EN_OEUVRE: "En action",
    Phase.EVALUATION: "En action, dernière année",
    Phase.PROROGE: "En action, prolongé",
    Phase.CLOS: "Terminé",
    Phase.RENOUVELE: "Terminé, un nouveau contrat a pris la suite",
    Phase.ABANDONNE: "Arrêté",
}


@dataclass(frozen=True)
class Transition:
    """Un passage permis : qui peut le faire, ce que dit le bouton."""

    de: Phase
    vers: Phase
    droit: Droit
    geste: str
    exige_raison: bool = False


def _passages() -> tuple[Transition, ...]:
    droit = Droit.CHANGER_PHASE
    suite = [
        (Phase.INTENTION, Phase.PREFIGURATION, "Commencer la préfiguration"),
        (Phase.INTENTION, Phase.DIAGNOSTIC, "Commencer le diagnostic"),
        (Phase.PREFIGURATION, Phase.DIAGNOSTIC, "Commencer le diagnostic"),
        (Phase.DIAGNOSTIC, Phase.ELABORATION, "Commencer l’élaboration du plan"),
        (Phase.ELABORATION, Phase.SIGNATURE, "Passer à la signature"),
        (Phase.SIGNATURE, Phase.MISE_EN_OEUVRE, "Commencer la mise en œuvre"),
        (Phase.MISE_EN_OEUVRE, Phase.EVALUATION, "Commencer l’évaluation finale"),
        (Phase.MISE_EN_OEUVRE, Phase.PROROGE, "Prolonger le contrat"),
        (Phase.EVALUATION, Phase.PROROGE, "Prolonger le contrat"),
        (Phase.MISE_EN_OEUVRE, Phase.CLOS, "Clore le contrat"),
        (Phase.EVALUATION, Phase.CLOS, "Clore le contrat"),
        (Phase.PROROGE, Phase.CLOS, "Clore le contrat"),
        (Phase.CLOS, Phase.RENOUVELE, "Déclarer le contrat renouvelé"),
        (Phase.EVALUATION, Phase.RENOUVELE, "Déclarer le contrat renouvelé"),
        (Phase.PROROGE, Phase.RENOUVELE, "Déclarer le contrat renouvelé"),
    ]
    retours = [
        (Phase.DIAGNOSTIC, Phase.PREFIGURATION, "Revenir à la préfiguration"),
        (Phase.ELABORATION, Phase.DIAGNOSTIC, "Revenir au diagnostic"),
        (Phase.SIGNATURE, Phase.ELABORATION, "Revenir à l’élaboration"),
        (Phase.EVALUATION, Phase.MISE_EN_OEUVRE, "Revenir à la mise en œuvre"),
    ]
    ouvertes = [*PHASES_EN_PROJET, *PHASES_SIGNEES]
    return (
        *(Transition(de, vers, droit, geste) for de, vers, geste in suite),
        *(Transition(de, vers, droit, geste, exige_raison=True) for de, vers, geste in retours),
        *(
            Transition(de, Phase.ABANDONNE, droit, "Arrêter la démarche", exige_raison=True)
            for de in ouvertes
        ),
    )


TRANSITIONS = _passages()


def transitions_depuis(phase: str) -> tuple[Transition, ...]:
    return tuple(t for t in TRANSITIONS if t.de == phase)


def transition(de: str, vers: str) -> Transition | None:
    return next((t for t in TRANSITIONS if t.de == de and t.vers == vers), None)


class StatutAction(TextChoices):
    A_DISCUTER = "A_DISCUTER", "À discuter"
    A_VENIR = "A_VENIR", "À venir"
    EN_COURS = "EN_COURS", "En cours"
    EN_RETARD = "EN_RETARD", "En retard"
    EN_PAUSE = "EN_PAUSE", "En pause"
    BLOQUEE = "BLOQUEE", "Bloquée"
    REALISEE = "REALISEE", "Réalisée"
    REALISEE_PARTIELLEMENT = "REALISEE_PARTIELLEMENT", "Partiellement réalisée"
    ABANDONNEE = "ABANDONNEE", "Abandonnée"
    REPORTEE = "REPORTEE", "Reportée"


STATUT_PUBLIC: dict[str, str] = {
    StatutAction.A_DISCUTER: "À l’étude",
    StatutAction.A_VENIR: "Pas encore commencée",
    StatutAction.EN_COURS: "En cours",
    StatutAction.EN_RETARD: "En retard",
    StatutAction.EN_PAUSE: "En pause",
    StatutAction.BLOQUEE: "Bloquée",
    StatutAction.REALISEE: "Terminée",
    StatutAction.REALISEE_PARTIELLEMENT: "Réalisée en partie",
    StatutAction.ABANDONNEE: "Abandonnée",
    StatutAction.REPORTEE: "Reportée",
}
STATUTS_TERMINES = (
    StatutAction.REALISEE,
    StatutAction.REALISEE_PARTIELLEMENT,
    StatutAction.ABANDONNEE,
)
# Une échéance passée met en retard une action qui avance ou qui devait commencer
STATUTS_MIS_EN_RETARD = (StatutAction.A_VENIR, StatutAction.EN_COURS)
# Commencées et pas finies : on attend de leurs nouvelles
STATUTS_COMMENCES = (
    StatutAction.EN_COURS,
    StatutAction.EN_RETARD,
    StatutAction.EN_PAUSE,
    StatutAction.BLOQUEE,
)
# Décidées et pas finies : une étape dépassée les met à risque
STATUTS_OUVERTS = (StatutAction.A_VENIR, *STATUTS_COMMENCES)
# On n’y passe pas sans dire pourquoi
STATUTS_A_JUSTIFIER = (
    StatutAction.BLOQUEE,
    StatutAction.REALISEE_PARTIELLEMENT,
    StatutAction.ABANDONNEE,
    StatutAction.REPORTEE,
)
# Sans rien d’écrit pendant ce nombre de mois, une action commencée est à risque
MOIS_SANS_NOUVELLES = 6
