"""Par où une action est passée avant son statut d’aujourd’hui. Aucun accès à la base.

Les fichiers ne donnent que le dernier statut ; ce qui précède se déduit des dates, pour que
l’historique des fiches et le bilan d’une année passée racontent la même chose.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from cls_platform.demo.chargement.lecture import Donnees
from contrats.etats import Phase, StatutAction

JOURS_POUR_CONSTATER = 30
PHASES_DU_PLAN = (Phase.SIGNATURE, Phase.ELABORATION)


@dataclass(frozen=True, slots=True)
class Etat:
    le: date
    statut: str


def adoption(passages: list[Donnees]) -> date:
    """Le jour où naît le plan : la signature, sinon l’élaboration, sinon le dernier passage."""
    dates = {passage["vers"]: passage["date_effet"] for passage in passages}
    return next((dates[phase] for phase in PHASES_DU_PLAN if phase in dates), max(dates.values()))


def histoire(fiche: Donnees, adoptee_le: date) -> list[Etat]:
    """Ses états, du plus ancien au statut du fichier, à des dates croissantes."""
    dernier = fiche["statut"]
    if dernier in (StatutAction.A_DISCUTER, StatutAction.A_VENIR):
        return [Etat(adoptee_le, dernier)]
    etats = [Etat(adoptee_le, StatutAction.EN_COURS)]
    if fiche["date_debut"] > adoptee_le:
        etats = [
            Etat(adoptee_le, StatutAction.A_VENIR),
            Etat(fiche["date_debut"], StatutAction.EN_COURS),
        ]
    if dernier != StatutAction.EN_COURS:
        lendemain = etats[-1].le + timedelta(days=1)
        etats.append(Etat(max(_constat(fiche), lendemain), dernier))
    return etats


def _constat(fiche: Donnees) -> date:
    """Réalisée : à sa dernière étape. Échéance dépassée : le lendemain. Arrêtée, suspendue,
    reportée : trente jours après la dernière étape faite, ou la première manquée."""
    faits = [jalon["fait_le"] for jalon in fiche["jalons"] if jalon["fait_le"]]
    if fiche["statut"] in (StatutAction.REALISEE_PARTIELLEMENT, StatutAction.EN_RETARD):
        return fiche["date_fin"] + timedelta(days=1)
    if fiche["statut"] == StatutAction.REALISEE:
        return max(faits)
    echeances = (jalon["echeance"] for jalon in fiche["jalons"])
    return (max(faits) if faits else min(echeances)) + timedelta(days=JOURS_POUR_CONSTATER)
