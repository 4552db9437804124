from datetime import UTC, datetime

import factory

from acteurs.models.jeton import empreinte
from bilans.models import Abonnement, EtatReaction, Reaction
from bilans.services.abonnements import secret_de
from tests.factories.contrats import ContratFactory


class ReactionFactory(factory.django.DjangoModelFactory):
    """Le mot d’un habitant sur un contrat. Traits `publiee`, `repondue` ; `courriel` facultatif."""

    class Meta:
        model = Reaction

    class Params:
        publiee = factory.Trait(etat=EtatReaction.PUBLIEE)
        repondue = factory.Trait(
            etat=EtatReaction.PUBLIEE,
            reponse="Elle rouvre en mai, à la salle des Tilleuls.",
            repondu_le=datetime(2026, 3, 10, 9, 0, tzinfo=UTC),
        )

    contrat = factory.SubFactory(ContratFactory, signe=True, public=True)
    texte = "La permanence du mardi nous manque."
    recue_le = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)


class AbonnementFactory(factory.django.DjangoModelFactory):
    """Une adresse confirmée ; `confirme_le=None` : en attente de son second accord."""

    class Meta:
        model = Abonnement

    contrat = factory.SubFactory(ContratFactory, signe=True, public=True)
    courriel = factory.Sequence(lambda n: f"habitante-{n}@exemple.fr")
    empreinte = factory.LazyAttribute(lambda o: empreinte(secret_de(Abonnement(pk=o.id))))
    id = factory.Faker("uuid4", cast_to=None)
    cree_le = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
    confirme_le = datetime(2026, 1, 5, 10, 5, tzinfo=UTC)
