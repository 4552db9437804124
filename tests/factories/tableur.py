import factory
from django.core.files.base import ContentFile

from contrats.models import ImportPlan
from tests.factories.contrats import ContratFactory


class ImportPlanFactory(factory.django.DjangoModelFactory):
    """Un petit CSV reçu : une action nouvelle."""

    class Meta:
        model = ImportPlan

    contrat = factory.SubFactory(ContratFactory)
    nom = "plan.csv"
    feuille = "plan"
    fichier = factory.LazyFunction(
        lambda: ContentFile(b"Action;Statut\nMarcher;en cours\n", "plan.csv")
    )
