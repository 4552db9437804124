from datetime import UTC, datetime, timedelta

import factory
from django.utils import timezone

from acteurs.models import Acteur, AffectationArs, Invitation, Jeton, Portee, Utilisateur
from acteurs.models.jeton import empreinte, nouveau_secret

CREE_LE = datetime(2024, 1, 8, 9, 0, tzinfo=UTC)
MOT_DE_PASSE = "des-mots-de-passe-solides"


class ActeurFactory(factory.django.DjangoModelFactory):
    """Une association fictive ; traits `ars`, `epci`, `cpts`."""

    class Meta:
        model = Acteur

    class Params:
        cpts = factory.Trait(type_id="cpts", nom=factory.Sequence(lambda n: f"CPTS des Essais {n}"))
        collectivite = factory.Trait(
            type_id="epci", nom=factory.Sequence(lambda n: f"Communauté fictive {n}")
        )

    nom = factory.Sequence(lambda n: f"Association Exemple {n}")
    type_id = "association_prevention"
    est_demonstration = True


class UtilisateurFactory(factory.django.DjangoModelFactory):
    """Une personne fictive, dont le mot de passe est `MOT_DE_PASSE`."""

    class Meta:
        model = Utilisateur
        skip_postgeneration_save = True

    class Params:
        administrateur = factory.Trait(est_administrateur=True, is_superuser=True)
        sans_mot_de_passe = factory.Trait(password="!")

    prenom = "Camille"
    nom = factory.Sequence(lambda n: f"Exemple-{n}")
    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")
    fonction = ""
    cree_le = CREE_LE
    password = factory.django.Password(MOT_DE_PASSE)


class AffectationArsFactory(factory.django.DjangoModelFactory):
    """Un agent suit l’ARS d’une région (`region="53"`) ; trait par le champ `departement_id`."""

    class Meta:
        model = AffectationArs

    class Params:
        region = "53"

    utilisateur = factory.SubFactory(UtilisateurFactory)
    ars = factory.LazyAttribute(lambda o: Acteur.objects.get(type="ars", region=o.region))


class JetonFactory(factory.django.DjangoModelFactory):
    """Un jeton d’API ; son secret, que la base ne garde pas, est dans `jeton.secret`."""

    class Meta:
        model = Jeton
        exclude = ["secret"]

    class Params:
        expire = factory.Trait(
            cree_le=factory.LazyFunction(lambda: timezone.now() - timedelta(days=200)),
            expire_le=factory.LazyFunction(lambda: timezone.now() - timedelta(days=1)),
        )
        revoque = factory.Trait(revoque_le=factory.LazyFunction(timezone.now))
        ecriture = factory.Trait(portees=list(Portee))

    secret = factory.LazyFunction(nouveau_secret)
    utilisateur = factory.SubFactory(UtilisateurFactory)
    nom = factory.Sequence(lambda n: f"Outil d’essai {n}")
    prefixe = factory.LazyAttribute(lambda o: o.secret[:12])
    empreinte = factory.LazyAttribute(lambda o: empreinte(o.secret))
    portees = factory.LazyFunction(lambda: [Portee.LECTURE])
    cree_le = factory.LazyFunction(timezone.now)
    expire_le = factory.LazyAttribute(lambda o: o.cree_le + timedelta(days=180))

    @classmethod
    def _generate(cls, strategy, params):
        secret = params.setdefault("secret", nouveau_secret())
        jeton = super()._generate(strategy, params)
        jeton.secret = secret
        return jeton


class InvitationFactory(factory.django.DjangoModelFactory):
    """Une invitation ouverte ; son secret, que la base ne garde pas, est dans `invitation.secret`."""

    class Meta:
        model = Invitation
        exclude = ["secret"]

    class Params:
        expiree = factory.Trait(
            cree_le=factory.LazyFunction(lambda: timezone.now() - timedelta(days=20)),
            expire_le=factory.LazyFunction(lambda: timezone.now() - timedelta(days=6)),
        )

    utilisateur = factory.SubFactory(UtilisateurFactory, sans_mot_de_passe=True)
    email = factory.LazyAttribute(lambda o: o.utilisateur.email)
    secret = factory.LazyFunction(nouveau_secret)
    empreinte = factory.LazyAttribute(lambda o: empreinte(o.secret))
    cree_le = factory.LazyFunction(timezone.now)
    expire_le = factory.LazyAttribute(lambda o: o.cree_le + timedelta(days=14))

    @classmethod
    def _generate(cls, strategy, params):
        secret = params.setdefault("secret", nouveau_secret())
        invitation = super()._generate(strategy, params)
        invitation.secret = secret
        return invitation
