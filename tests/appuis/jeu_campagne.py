"""Pour le navigateur : la campagne d’une région, ouverte aujourd’hui, et celle d’un contrat."""

from datetime import timedelta

from django.utils import timezone

from contrats.models import Contrat
from tests.factories import CampagneFactory


def mener_campagnes(contrat: Contrat) -> None:
    """L’année en cours pour la région ; l’an passé, en retard, pour ce contrat."""
    le = timezone.localdate()
    CampagneFactory(
        annee=le.year,
        ouvre_le=le - timedelta(days=40),
        remise_le=le + timedelta(days=20),
        correction_debut=le + timedelta(days=30),
        correction_fin=le + timedelta(days=60),
        message="Écrivez tôt.\n\nUne question : bilans@exemple.fr",
    )
    CampagneFactory(
        du_contrat=True,
        contrat=contrat,
        annee=le.year - 1,
        ouvre_le=le - timedelta(days=200),
        remise_le=le - timedelta(days=9),
    )
