"""La chaîne et les évaluations : besoins, effets, questions, recommandations."""

from datetime import date

import factory

from indicateurs.models import (
    Besoin,
    Effet,
    EtapeEvaluation,
    Evaluation,
    QuestionEvaluative,
    Recommandation,
)
from tests.factories.contrats import ContratFactory
from tests.factories.indicateurs import IndicateurFactory
from tests.factories.plan import ActionFactory


class BesoinFactory(factory.django.DjangoModelFactory):
    """`objectifs=[…]` : ceux qui y répondent."""

    class Meta:
        model = Besoin
        skip_postgeneration_save = True

    contrat = factory.SubFactory(ContratFactory)
    libelle = "Des habitants renoncent à se soigner"
    constat = "Dit par presque toutes les personnes rencontrées."
    source = "Diagnostic d’essai"
    ordre = factory.LazyAttribute(lambda o: o.contrat.besoins.count() + 1)

    @factory.post_generation
    def objectifs(besoin, create: bool, objectifs: list | None, **_: object) -> None:  # noqa: N805  (post_generation de factory_boy)
        if create and objectifs:
            besoin.objectifs.set(objectifs)


class EffetFactory(factory.django.DjangoModelFactory):
    """Un effet supposé ; l’action et l’indicateur sont reliés. Trait `etabli`."""

    class Meta:
        model = Effet

    class Params:
        etabli = factory.Trait(confiance="ETABLIE", explication="Une évaluation fictive le montre.")

    action = factory.SubFactory(ActionFactory)
    indicateur = factory.LazyAttribute(
        lambda o: IndicateurFactory(contrat=o.action.contrat, actions=[o.action])
    )


class EvaluationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Evaluation

    contrat = factory.SubFactory(ContratFactory)
    moment = "MI_PARCOURS"
    titre = "Évaluation à mi-parcours"
    evaluateur = "Un comité fictif"
    date_debut = date(2026, 9, 1)
    date_fin = date(2027, 3, 1)


class EtapeEvaluationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EtapeEvaluation

    evaluation = factory.SubFactory(EvaluationFactory)
    libelle = "Mener les entretiens"
    date_debut = date(2026, 10, 1)
    date_fin = date(2026, 12, 1)


class QuestionEvaluativeFactory(factory.django.DjangoModelFactory):
    """`indicateurs=[…]` : ceux qui aident à répondre."""

    class Meta:
        model = QuestionEvaluative
        skip_postgeneration_save = True

    evaluation = factory.SubFactory(EvaluationFactory)
    texte = "Les permanences touchent-elles les personnes sans médecin ?"
    critere = "EFFICACITE"
    ordre = factory.LazyAttribute(lambda o: o.evaluation.questions.count() + 1)

    @factory.post_generation
    def indicateurs(question, create: bool, indicateurs: list | None, **_: object) -> None:  # noqa: N805  (post_generation de factory_boy)
        if create and indicateurs:
            question.indicateurs.set(indicateurs)


class RecommandationFactory(factory.django.DjangoModelFactory):
    """À décider, sans échéance. Traits `en_retard`, `faite` ; `actions=[…]`."""

    class Meta:
        model = Recommandation
        skip_postgeneration_save = True

    class Params:
        en_retard = factory.Trait(echeance=date(2025, 1, 31), suite="EN_COURS")
        faite = factory.Trait(echeance=date(2025, 1, 31), suite="FAITE")

    evaluation = factory.SubFactory(EvaluationFactory)
    texte = "Ouvrir une permanence le samedi"
    responsable = "Coordination"
    ordre = factory.LazyAttribute(lambda o: o.evaluation.recommandations.count() + 1)

    @factory.post_generation
    def actions(recommandation, create: bool, actions: list | None, **_: object) -> None:  # noqa: N805  (post_generation de factory_boy)
        if create and actions:
            recommandation.actions.set(actions)
