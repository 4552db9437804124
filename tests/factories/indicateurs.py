from datetime import date
from decimal import Decimal

import factory

from indicateurs.models import Agregation, Indicateur, Mesure, Qualite, Recit, Ventilation
from tests.factories.contrats import ContratFactory


class IndicateurFactory(factory.django.DjangoModelFactory):
    """Un nombre à faire croître. Traits : `ratio` (en %), `interne`."""

    class Meta:
        model = Indicateur
        skip_postgeneration_save = True

    class Params:
        ratio = factory.Trait(
            agregation=Agregation.RATIO,
            unite="%",
            decimales=1,
            numerateur="Personnes reçues sous quinze jours",
            denominateur="Personnes qui ont demandé un rendez-vous",
        )
        interne = factory.Trait(est_public=False)

    contrat = factory.SubFactory(ContratFactory)
    libelle = "Personnes reçues aux permanences"
    libelle_public = "Personnes accueillies"
    unite = "nombre"
    source = "Suivi fictif des permanences"
    valeur_reference = Decimal(120)
    annee_reference = 2023
    cible = Decimal(400)
    annee_cible = 2028
    ordre = factory.LazyAttribute(lambda o: o.contrat.indicateurs.count() + 1)

    @factory.post_generation
    def actions(indicateur, create: bool, actions: list | None, **_: object) -> None:  # noqa: N805  (post_generation de factory_boy)
        if create and actions:
            indicateur.actions.set(actions)


class MesureFactory(factory.django.DjangoModelFactory):
    """La valeur d’une année civile ; `annee=2025` choisit laquelle. Trait `secrete`."""

    class Meta:
        model = Mesure
        exclude = ["annee"]

    class Params:
        secrete = factory.Trait(valeur=None, qualite=Qualite.SECRET_STATISTIQUE)

    annee = 2025
    indicateur = factory.SubFactory(IndicateurFactory)
    periode_debut = factory.LazyAttribute(lambda o: date(o.annee, 1, 1))
    periode_fin = factory.LazyAttribute(lambda o: date(o.annee, 12, 31))
    valeur = Decimal(212)
    qualite = Qualite.DEFINITIVE
    source = "Suivi fictif des permanences"


class VentilationFactory(factory.django.DjangoModelFactory):
    """La part d’une valeur ; `modalite_id="FEMMES"` choisit laquelle."""

    class Meta:
        model = Ventilation

    mesure = factory.SubFactory(MesureFactory)
    modalite_id = "FEMMES"
    valeur = Decimal(12)


class RecitFactory(factory.django.DjangoModelFactory):
    """Le récit d’une année ; `date_repere` et `repere` le posent sur la courbe."""

    class Meta:
        model = Recit

    indicateur = factory.SubFactory(IndicateurFactory)
    annee = 2025
    texte = "Deux permanences de plus ont ouvert au printemps."
