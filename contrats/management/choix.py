"""Ce que les commandes désignent : un contrat."""

from uuid import UUID

from django.core.management.base import CommandError

from contrats.models import Contrat


def contrat_designe(texte: str) -> Contrat:
    """Par son identifiant ou son nom d’adresse. Lève CommandError."""
    try:
        trouve = Contrat.objects.filter(pk=UUID(texte)).first()
    except ValueError:
        trouve = Contrat.objects.filter(slug=texte).first()
    if trouve is None:
        raise CommandError(f"Il n’y a pas de contrat « {texte} ».")
    return trouve
