from datetime import UTC, datetime, timedelta

import factory
from django.utils import timezone

from acteurs.models.jeton import empreinte
from contrats.models import (
    CleContribution,
    Contribution,
    Demande,
    ElementPropose,
    EtatContribution,
    GenreElement,
    LienContribution,
)
from tests.factories.acteurs import ActeurFactory
from tests.factories.contrats import ContratFactory
from tests.factories.plan import ActionFactory

ENVOYEE_LE = datetime(2026, 2, 16, 10, 0, tzinfo=UTC)


class LienContributionFactory(factory.django.DjangoModelFactory):
    """Un lien valable trente jours. `actions=[…]` pose ses fiches ; son secret est `.secret`."""

    class Meta:
        model = LienContribution
        skip_postgeneration_save = True

    class Params:
        expire = factory.Trait(
            cree_le=factory.LazyFunction(lambda: timezone.now() - timedelta(days=60)),
            expire_le=factory.LazyFunction(lambda: timezone.now() - timedelta(days=1)),
        )
        revoque = factory.Trait(revoque_le=factory.LazyFunction(timezone.now))

    contrat = factory.SubFactory(ContratFactory)
    acteur = factory.SubFactory(ActeurFactory)
    annee = 2026
    demandes = factory.LazyFunction(lambda: list(Demande.values))
    cree_le = factory.LazyFunction(timezone.now)
    expire_le = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))

    @factory.post_generation
    def actions(lien, create: bool, actions: list | None, **_: object) -> None:  # noqa: N805  (factory_boy nomme ainsi l’objet)
        lien.secret = f"secret-d-essai-{lien.pk}"
        if create:
            CleContribution.objects.create(lien=lien, empreinte=empreinte(lien.secret))
            for action in actions or ():
                Contribution.objects.create(lien=lien, action=action)


class ContributionFactory(factory.django.DjangoModelFactory):
    """Une fiche que tient l’organisation du lien ; trait `recue` : envoyée, avec un statut."""

    class Meta:
        model = Contribution
        skip_postgeneration_save = True

    class Params:
        recue = factory.Trait(
            etat=EtatContribution.RECUE,
            envoyee_le=ENVOYEE_LE,
            nom="Camille Exemple",
            fonction="Coordinatrice",
        )

    action = factory.SubFactory(ActionFactory)
    lien = factory.LazyAttribute(
        lambda o: LienContributionFactory(
            contrat=o.action.contrat, acteur=o.action.pilote or ActeurFactory()
        )
    )

    @factory.post_generation
    def elements(contribution, create: bool, elements: list | None, **_: object) -> None:  # noqa: N805  (factory_boy nomme ainsi l’objet)
        if create and contribution.envoyee_le and elements is None:
            ElementProposeFactory(contribution=contribution)


class ElementProposeFactory(factory.django.DjangoModelFactory):
    """Un changement de statut, lu sur la fiche telle qu’elle est."""

    class Meta:
        model = ElementPropose

    contribution = factory.SubFactory(ContributionFactory)
    genre = GenreElement.STATUT
    champ = "statut"
    objet = None
    libelle = "Statut"
    lu = factory.LazyAttribute(
        lambda o: {
            "statut": o.contribution.action.statut,
            "raison": o.contribution.action.statut_raison,
        }
    )
    propose = factory.LazyFunction(lambda: {"statut": "EN_PAUSE", "raison": ""})
