from datetime import date
from decimal import Decimal

import factory

from contrats.models import Doctrine, GenreNote, Maillage, NoteTerritoire, SuiviTerritoire
from tests.factories.contrats import ContratFactory


class SuiviTerritoireFactory(factory.django.DjangoModelFactory):
    """Le suivi d’un contrat ; `epci_id` et `contrat=None` : celui d’une intercommunalité."""

    class Meta:
        model = SuiviTerritoire

    region_id = "53"
    contrat = factory.SubFactory(ContratFactory)


class NoteTerritoireFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NoteTerritoire

    suivi = factory.SubFactory(SuiviTerritoireFactory)
    genre = GenreNote.NOTE
    le = date(2026, 2, 3)
    texte = "Échange au téléphone avec la présidence."


class DoctrineFactory(factory.django.DjangoModelFactory):
    """Toute la région, 90 % fin 2028."""

    class Meta:
        model = Doctrine

    region_id = "53"
    depuis = date(2025, 1, 1)
    maillage = Maillage.COMPLET
    cible_taux = Decimal("0.9")
    cible_date = date(2028, 12, 31)
