import factory

from bilans.models import ChoixSigle, DecisionSigle
from tests.factories.bilans import BilanFactory


class DecisionSigleFactory(factory.django.DjangoModelFactory):
    """Un sigle expliqué par l’équipe. Trait `laisse` : laissé tel quel, et pourquoi."""

    class Meta:
        model = DecisionSigle

    class Params:
        laisse = factory.Trait(
            choix=ChoixSigle.LAISSE, terme="", raison="Le nom d’un lieu d’essai."
        )

    bilan = factory.SubFactory(BilanFactory)
    sigle = "ZYX"
    choix = ChoixSigle.EXPLIQUE
    terme = "Zone des yeux"
    par_nom = "Coline Coordonne"
