"""Le relevé de décisions dans un tableur : une ligne par décision, celles de la page."""

from datetime import date
from typing import Any

from contrats.models import StatutDecision

ENTETES = (
    "Décision", "Organisation qui s’en charge", "Échéance", "État", "En retard", "Instance",
    "Réunion du", "Identifiant",
)  # fmt: skip


def valeurs_exportees(decision: Any) -> list[str | bool | date | None]:
    """`decision` : lue par `avec_retard`."""
    return [
        decision.texte,
        decision.acteur.nom if decision.acteur else "",
        decision.echeance,
        str(StatutDecision(decision.statut).label),
        decision.est_en_retard,
        decision.reunion.instance.nom,
        decision.reunion.date,
        str(decision.pk),
    ]
