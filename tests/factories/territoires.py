"""Territoires inventés, pour les tests qui ont besoin de plus que l’extrait réel.

Les codes sortent des séries attribuées par l’Insee (région 99, communes 98…) : aucun ne peut se
confondre avec un vrai territoire.
"""

import factory

from acteurs.models import Commune, Departement, Epci, Ept, Region
from acteurs.models.acteur import somme_de_luhn


def siren_fictif(rang: int) -> str:
    """Un SIREN à la clé juste, dans la série 99 que Sirene n’attribue pas."""
    base = f"99{rang:06d}"
    return base + str(-somme_de_luhn(base + "0") % 10)


class RegionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ["code"]

    code = "99"
    nom = "Région des Essais"


class DepartementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Departement
        django_get_or_create = ["code"]

    code = "99"
    nom = "Département des Essais"
    region = factory.SubFactory(RegionFactory)


class EpciFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Epci
        django_get_or_create = ["siren"]

    siren = factory.Sequence(lambda n: siren_fictif(n + 1))
    nom = factory.Sequence(lambda n: f"CC des Essais {n}")
    nom_court = factory.LazyAttribute(lambda o: o.nom.removeprefix("CC "))
    nature = "CC"


class EptFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Ept
        django_get_or_create = ["siren"]

    siren = factory.Sequence(lambda n: siren_fictif(n + 500_001))
    nom = factory.Sequence(lambda n: f"Établissement territorial des Essais {n}")
    nom_court = factory.LazyAttribute(lambda o: o.nom)


class CommuneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Commune
        django_get_or_create = ["code"]

    code = factory.Sequence(lambda n: f"99{n % 1000:03d}")
    nom = factory.Sequence(lambda n: f"Commune-d’Essai-{n}")
    departement = factory.SubFactory(DepartementFactory)
    region = factory.LazyAttribute(lambda o: o.departement.region)
    population = 1000
    codes_postaux = factory.LazyAttribute(lambda o: [o.code])
