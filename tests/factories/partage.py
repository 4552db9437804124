import factory

from contrats.models import (
    EtatPartage,
    FicheAuPanier,
    FicheOfferte,
    PartageAction,
    PartageBibliotheque,
)
from tests.factories.acteurs import UtilisateurFactory
from tests.factories.contrats import ContratFactory
from tests.factories.plan import ActionFactory


class PartageActionFactory(factory.django.DjangoModelFactory):
    """Une fiche d’un autre contrat, acceptée par `contrat` ; trait `propose`."""

    class Meta:
        model = PartageAction

    class Params:
        propose = factory.Trait(etat=EtatPartage.PROPOSE)

    action = factory.SubFactory(ActionFactory)
    contrat = factory.SubFactory(ContratFactory)
    message = "Votre bassin de vie est le même : menons-la ensemble."
    etat = EtatPartage.ACCEPTE


class FicheOfferteFactory(factory.django.DjangoModelFactory):
    """Offre la fiche, et ouvre la bibliothèque de son contrat."""

    class Meta:
        model = FicheOfferte

    action = factory.SubFactory(ActionFactory)

    @classmethod
    def _create(cls, model_class: type, *args: object, **champs: object) -> FicheOfferte:
        offerte: FicheOfferte = super()._create(model_class, *args, **champs)
        contrat = offerte.action.contrat
        PartageBibliotheque.objects.update_or_create(contrat=contrat, defaults={"est_ouvert": True})
        return offerte


class FicheAuPanierFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FicheAuPanier

    utilisateur = factory.SubFactory(UtilisateurFactory)
    action = factory.LazyFunction(lambda: FicheOfferteFactory().action)
