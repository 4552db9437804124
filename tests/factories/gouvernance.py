from datetime import date, time

import factory

from contrats.models import DecisionReunion, EtatReunion, Instance, Presence, Reunion
from tests.factories.acteurs import ActeurFactory
from tests.factories.contrats import ContratFactory


class InstanceFactory(factory.django.DjangoModelFactory):
    """Un comité technique, au rythme de son type (quatre mois). `membres=[…]`."""

    class Meta:
        model = Instance
        skip_postgeneration_save = True

    contrat = factory.SubFactory(ContratFactory, signe=True)
    type_id = "cotech"
    nom = factory.Sequence(lambda n: f"Comité d’essai {n}")
    ordre = factory.LazyAttribute(lambda o: o.contrat.instances.count() + 1)

    @factory.post_generation
    def membres(instance, create: bool, membres: list | None, **_: object) -> None:  # noqa: N805  (post_generation de factory_boy)
        if create and membres:
            instance.membres.set(membres)


class ReunionFactory(factory.django.DjangoModelFactory):
    """Une réunion prévue ; traits `tenue`, `annulee`, `publique`."""

    class Meta:
        model = Reunion

    class Params:
        tenue = factory.Trait(etat=EtatReunion.TENUE, date=date(2026, 1, 20))
        annulee = factory.Trait(etat=EtatReunion.ANNULEE)
        publique = factory.Trait(est_publique=True)

    instance = factory.SubFactory(InstanceFactory)
    date = factory.Sequence(lambda n: date.fromordinal(date(2026, 9, 1).toordinal() + n % 90))
    heure = time(14, 30)
    lieu = "Salle d’essai"


class PresenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Presence

    reunion = factory.SubFactory(ReunionFactory, tenue=True)
    acteur = factory.SubFactory(ActeurFactory)


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DecisionReunion

    reunion = factory.SubFactory(ReunionFactory, tenue=True)
    texte = factory.Sequence(lambda n: f"Décision d’essai {n}")
    ordre = factory.LazyAttribute(lambda o: o.reunion.decisions.count() + 1)
