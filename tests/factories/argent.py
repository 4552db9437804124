from decimal import Decimal

import factory

from contrats.models import Financement, LigneBudget
from tests.factories.plan import ActionFactory


class LigneBudgetFactory(factory.django.DjangoModelFactory):
    """Dix mille euros prévus en 2025. Traits : `en_nature`, `etp`."""

    class Meta:
        model = LigneBudget

    class Params:
        en_nature = factory.Trait(est_valorisation=True)
        etp = factory.Trait(unite="ETP", nature_id="personnel", prevu=Decimal("0.5"))

    action = factory.SubFactory(ActionFactory)
    annee = 2025
    nature_id = "fonctionnement"
    prevu = Decimal(10_000)


class FinancementFactory(factory.django.DjangoModelFactory):
    """Dix mille euros accordés en 2025 par la collectivité. Traits : `fir`, `refuse`."""

    class Meta:
        model = Financement

    class Params:
        fir = factory.Trait(type_financeur_id="fir", mission_fir="M1")
        refuse = factory.Trait(statut="REFUSE", montant_accorde=None)

    action = factory.SubFactory(ActionFactory)
    annee = 2025
    type_financeur_id = "collectivite"
    statut = "ACCORDE"
    montant_demande = Decimal(12_000)
    montant_accorde = Decimal(10_000)
