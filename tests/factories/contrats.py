from datetime import date

import factory

from acteurs.droits import Role
from acteurs.models import Acteur, Commune, Epci
from contrats.etats import Phase
from contrats.models import Contrat, Participation, Partie, PassagePhase, Perimetre, RolePartie
from tests.factories.acteurs import ActeurFactory, UtilisateurFactory


class ContratFactory(factory.django.DjangoModelFactory):
    """Un contrat en élaboration, sans page publique, en Bretagne.

    Traits : `signe`, `en_projet`, `termine`, `public`. `epci="200068120"` fait entrer ses communes.
    """

    class Meta:
        model = Contrat
        skip_postgeneration_save = True

    class Params:
        signe = factory.Trait(
            phase=Phase.MISE_EN_OEUVRE,
            date_signature=date(2024, 1, 22),
            date_debut=date(2024, 1, 1),
            date_fin=date(2028, 12, 31),
        )
        en_projet = factory.Trait(phase=Phase.DIAGNOSTIC)
        termine = factory.Trait(
            phase=Phase.CLOS,
            date_signature=date(2018, 6, 4),
            date_debut=date(2018, 6, 1),
            date_fin=date(2022, 12, 31),
        )
        public = factory.Trait(
            est_public=True,
            presentation="Un contrat d’essai, pour que chacun trouve un soignant près de chez soi.",
        )

    nom = factory.Sequence(lambda n: f"Contrat d’essai {n}")
    slug = factory.Sequence(lambda n: f"contrat-d-essai-{n}")
    numero = factory.Sequence(lambda n: f"ESSAI-{n:04d}")
    phase = Phase.ELABORATION
    region_id = "53"
    ars = factory.LazyAttribute(lambda o: Acteur.objects.get(type="ars", region=o.region_id))
    courriel_contact = "contrat@exemple.fr"
    est_demonstration = True

    @factory.post_generation
    def epci(contrat, create: bool, siren: str | None, **_: object) -> None:  # noqa: N805  (post_generation de factory_boy)
        """Fait entrer les communes de cette intercommunalité à la date de début."""
        if create and siren:
            entree = contrat.date_debut or date(2024, 1, 1)
            Perimetre.objects.bulk_create(
                Perimetre(contrat=contrat, commune=c, date_entree=entree, epci_origine_id=siren)
                for c in Epci.objects.get(pk=siren).communes.all()
            )


class PerimetreFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Perimetre

    contrat = factory.SubFactory(ContratFactory)
    commune = factory.LazyFunction(lambda: Commune.objects.get(pk="29232"))
    date_entree = date(2024, 1, 1)


class PartieFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Partie

    class Params:
        porteur = factory.Trait(
            role=RolePartie.PORTEUR, acteur=factory.SubFactory(ActeurFactory, collectivite=True)
        )
        signee = factory.Trait(
            date_deliberation=date(2023, 12, 14), date_signature=date(2024, 1, 22)
        )

    contrat = factory.SubFactory(ContratFactory)
    acteur = factory.SubFactory(ActeurFactory)
    role = RolePartie.SIGNATAIRE


class ParticipationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participation

    utilisateur = factory.SubFactory(UtilisateurFactory)
    contrat = factory.SubFactory(ContratFactory)
    role = Role.COORDINATEUR


class PassagePhaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PassagePhase

    contrat = factory.SubFactory(ContratFactory)
    de = ""
    vers = factory.LazyAttribute(lambda o: o.contrat.phase)
    date_effet = date(2024, 1, 1)
