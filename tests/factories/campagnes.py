from datetime import date

import factory

from bilans.models import Campagne, RappelCampagne
from tests.factories.contrats import ContratFactory


class CampagneFactory(factory.django.DjangoModelFactory):
    """Les bilans 2025 de la Bretagne, à écrire du 1ᵉʳ février au 31 mars 2026.

    Trait `du_contrat` : celle d’un contrat. Trait `avec_corrections` : du 15 avril au 15 mai.
    """

    class Meta:
        model = Campagne

    class Params:
        du_contrat = factory.Trait(region_id=None, contrat=factory.SubFactory(ContratFactory))
        avec_corrections = factory.Trait(
            correction_debut=date(2026, 4, 15), correction_fin=date(2026, 5, 15)
        )

    region_id = "53"
    annee = 2025
    ouvre_le = date(2026, 2, 1)
    remise_le = date(2026, 3, 31)


class RappelCampagneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RappelCampagne

    campagne = factory.SubFactory(CampagneFactory)
    contrat = factory.SubFactory(ContratFactory)
    remise_le = factory.SelfAttribute("campagne.remise_le")
    jours_avant = 10
