import factory

from indicateurs.models import Beneficiaires
from tests.factories.plan import ActionFactory


class BeneficiairesFactory(factory.django.DjangoModelFactory):
    """Le total d’une action, une année ; `population_id=` ou `code_qpv=` en font une part."""

    class Meta:
        model = Beneficiaires

    action = factory.SubFactory(ActionFactory)
    annee = 2025
    personnes = 60
    presences = 140
    source = "Feuilles d’émargement fictives"
