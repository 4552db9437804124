from datetime import date

import factory

from contrats.etats import StatutAction
from contrats.models import Action, ActionActeur, Axe, Jalon, NoteSuivi, Objectif
from tests.factories.acteurs import ActeurFactory
from tests.factories.contrats import ContratFactory

TITRES = (
    "Ouvrir une permanence de dépistage au marché",
    "Former les pharmacies au repérage du mal-être",
    "Marcher ensemble, chaque mardi",
    "Accompagner les aidants du canton",
    "Une navette vers le centre de soins",
    "Cuisiner à petit budget",
    "Le bus santé des villages",
    "Parler des écrans avec les parents",
)


AXES = (
    (
        "Améliorer l’accès aux soins de premier recours",
        "Se soigner près de chez soi",
        "Trouver un rendez-vous sans faire une heure de route.",
    ),
    (
        "Développer la prévention à tous les âges",
        "Rester en bonne santé",
        "Se faire dépister et vacciner sans attendre.",
    ),
    (
        "Prendre soin de la santé mentale",
        "Aller bien dans sa tête",
        "Savoir à qui parler quand on ne va pas bien.",
    ),
)


class AxeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Axe

    contrat = factory.SubFactory(ContratFactory)
    numero = factory.LazyAttribute(lambda o: str(o.ordre))
    titre = factory.Sequence(lambda n: AXES[n % len(AXES)][0])
    titre_public = factory.Sequence(lambda n: AXES[n % len(AXES)][1])
    promesse = factory.Sequence(lambda n: AXES[n % len(AXES)][2])
    ordre = factory.LazyAttribute(lambda o: o.contrat.axes.count() + 1)


class ObjectifFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Objectif

    contrat = factory.LazyAttribute(lambda o: o.axe.contrat)
    axe = factory.SubFactory(AxeFactory)
    numero = factory.LazyAttribute(lambda o: f"{o.axe.numero}.{o.ordre}")
    titre = "Rapprocher les soins des habitants"
    ordre = factory.LazyAttribute(lambda o: o.contrat.objectifs.count() + 1)


class ActionFactory(factory.django.DjangoModelFactory):
    """Une action en cours. Traits : `en_retard`, `realisee`, `abandonnee`, `a_venir`, `interne`."""

    class Meta:
        model = Action
        skip_postgeneration_save = True

    class Params:
        en_retard = factory.Trait(date_fin=date(2025, 12, 31))
        a_venir = factory.Trait(
            statut=StatutAction.A_VENIR, date_debut=date(2026, 9, 1), date_fin=date(2027, 6, 30)
        )
        realisee = factory.Trait(statut=StatutAction.REALISEE, date_fin=date(2025, 6, 30))
        abandonnee = factory.Trait(statut=StatutAction.ABANDONNEE)
        interne = factory.Trait(est_publique=False)

    contrat = factory.SubFactory(ContratFactory)
    numero = factory.LazyAttribute(lambda o: str(o.ordre))
    titre = factory.Sequence(lambda n: TITRES[n % len(TITRES)])
    resume_public = "Une équipe vient près de chez vous, sans rendez-vous et sans avance de frais."
    description = "Deux professionnels, un mardi sur deux."
    statut = StatutAction.EN_COURS
    date_debut = date(2024, 9, 1)
    date_fin = date(2027, 12, 31)
    ordre = factory.LazyAttribute(lambda o: o.contrat.actions.count() + 1)

    @factory.post_generation
    def themes(action, create: bool, codes: list[str] | None, **_: object) -> None:  # noqa: N805  (post_generation de factory_boy)
        if create and codes:
            action.themes.set(codes)


class ActionActeurFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActionActeur

    action = factory.SubFactory(ActionFactory)
    acteur = factory.SubFactory(ActeurFactory)


class JalonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Jalon

    class Params:
        fait = factory.Trait(fait_le=date(2025, 3, 31))

    action = factory.SubFactory(ActionFactory)
    libelle = "Signer la convention avec le lieu d’accueil"
    echeance = date(2025, 4, 30)
    ordre = factory.LazyAttribute(lambda o: o.action.jalons.count() + 1)


class NoteSuiviFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NoteSuivi

    action = factory.SubFactory(ActionFactory)
    date_note = date(2026, 2, 10)
    fait = "Deux permanences au marché, sans rendez-vous."
