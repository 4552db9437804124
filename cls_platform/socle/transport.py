"""Confier un travail au transport. La ligne `Travail` suffit : un envoi perdu est rattrapé."""

from uuid import UUID

import structlog
from celery import current_app
from kombu.exceptions import OperationalError

journal = structlog.get_logger(__name__)


def envoyer(tache: str, travail_id: UUID) -> bool:
    """Met la tâche en file ; rend False, sans échouer, si le courtier ne répond pas.

    Le balayage périodique remet alors le travail en file au retour du courtier.
    """
    try:
        current_app.send_task(tache, args=[str(travail_id)])
    except (OperationalError, OSError) as erreur:
        journal.warning("courtier_indisponible", tache=tache, erreur=str(erreur))
        return False
    return True
