"""L’évaluation d’un contrat : ses questions, son calendrier, les suites de ses recommandations."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, When
from django.db.models.functions import Coalesce

from acteurs.models import Suivi, historise
from contrats.models import Action, Contrat
from indicateurs.models.indicateur import Indicateur


class MomentEvaluation(models.TextChoices):
    MI_PARCOURS = "MI_PARCOURS", "À mi-parcours"
    FINALE = "FINALE", "Finale"
    AUTRE = "AUTRE", "Autre"


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def suivis_par(self, utilisateur: Any) -> Self:
        return self.filter(contrat__in=Contrat.objects.suivis_par(utilisateur))

    def dans_l_ordre(self) -> Self:
        return self.order_by("date_debut", "cree_le", "pk")

    def ranges_par_contrat(self) -> Self:
        return self.order_by("contrat_id", "date_debut", "cree_le", "pk")

    def pour_liste(self) -> Self:
        """Avec ce qui est fait sur ce qui est prévu : étapes, questions, recommandations."""
        return self.dans_l_ordre().annotate(
            nombre_etapes=_combien(EtapeEvaluation.objects.all()),
            etapes_faites=_combien(EtapeEvaluation.objects.filter(fait_le__isnull=False)),
            nombre_questions=_combien(QuestionEvaluative.objects.all()),
            questions_repondues=_combien(QuestionEvaluative.objects.exclude(reponse="")),
            nombre_recommandations=_combien(Recommandation.objects.all()),
            recommandations_closes=_combien(Recommandation.objects.filter(suite__in=CLOSES)),
        )


def _combien(lignes: models.QuerySet) -> Coalesce:
    siennes = lignes.filter(evaluation=OuterRef("pk")).order_by().values("evaluation")
    return Coalesce(models.Subquery(siennes.annotate(n=Count("pk")).values("n")), 0)


@historise()
class Evaluation(Suivi):
    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="evaluations"
    )
    moment = models.CharField("moment", max_length=11, choices=MomentEvaluation)
    titre = models.CharField("titre", max_length=200)
    evaluateur = models.CharField("qui évalue", max_length=200, blank=True)
    attentes = models.TextField("ce que l’on en attend", max_length=4000, blank=True)
    date_debut = models.DateField("début", null=True, blank=True)
    date_fin = models.DateField("fin", null=True, blank=True)
    synthese = models.TextField("synthèse", max_length=10000, blank=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "évaluation"
        verbose_name_plural = "évaluations"
        constraints = [
            *Suivi.Meta.constraints,
            models.CheckConstraint(
                condition=Q(date_debut=None) | Q(date_fin=None) | Q(date_fin__gte=F("date_debut")),
                name="evaluation_dates_ordonnees",
                violation_error_message="L’évaluation finit après avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return self.titre


class CritereEvaluation(models.TextChoices):
    """Les critères usuels de l’évaluation des politiques publiques (OCDE-CAD, 2019), et deux
    que la santé publique y ajoute : la participation et l’équité."""

    PERTINENCE = "PERTINENCE", "Pertinence"
    COHERENCE = "COHERENCE", "Cohérence"
    EFFICACITE = "EFFICACITE", "Efficacité"
    EFFICIENCE = "EFFICIENCE", "Efficience"
    IMPACT = "IMPACT", "Impact"
    VIABILITE = "VIABILITE", "Viabilité"
    PARTICIPATION = "PARTICIPATION", "Participation"
    EQUITE = "EQUITE", "Équité"


class DUneEvaluationQuerySet(models.QuerySet[Any]):
    model: Any

    def suivis_par(self, utilisateur: Any) -> Self:
        return self.filter(evaluation__in=Evaluation.objects.suivis_par(utilisateur))

    def dans_l_ordre(self) -> Self:
        return self.order_by("evaluation", "ordre", "cree_le", "pk")

    def du_contrat(self, contrat: Contrat) -> Self:
        return self.filter(evaluation__contrat=contrat)

    def pour_page(self) -> Self:
        """Avec l’évaluation et son contrat, que toute page et tout droit demandent."""
        return self.select_related("evaluation__contrat", "modifie_par")


class QuestionQuerySet(DUneEvaluationQuerySet):
    def avec_indicateurs(self) -> Self:
        """Chaque question et ses indicateurs, dans l’ordre du contrat ; deux requêtes."""
        suivis = models.Prefetch("indicateurs", Indicateur.objects.dans_l_ordre())
        return self.dans_l_ordre().prefetch_related(suivis)

    def indicateurs_de(self, questions: Iterable[UUID], utilisateur: Any) -> models.QuerySet:
        """(question, indicateur), en une requête ; qui lit la question lit ses indicateurs."""
        liens = self.model.indicateurs.through.objects.filter(
            questionevaluative__in=list(questions),
            indicateur__in=Indicateur.objects.suivis_par(utilisateur),
        )
        return liens.order_by("pk").values_list("questionevaluative_id", "indicateur_id")


@historise()
class QuestionEvaluative(Suivi):
    """Une question, ce qui permettra d’y répondre, et la réponse quand elle est connue."""

    evaluation = models.ForeignKey(
        Evaluation, verbose_name="évaluation", on_delete=models.CASCADE, related_name="questions"
    )
    texte = models.CharField("question", max_length=400)
    critere = models.CharField("critère", max_length=13, choices=CritereEvaluation)
    criteres_de_jugement = models.TextField(
        "à quoi verra-t-on la réponse", max_length=2000, blank=True
    )
    sources = models.TextField("sources et méthodes", max_length=2000, blank=True)
    indicateurs = models.ManyToManyField(
        Indicateur, verbose_name="indicateurs", blank=True, related_name="questions_evaluatives"
    )
    reponse = models.TextField("réponse", max_length=10000, blank=True)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    objects = QuestionQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "question évaluative"
        verbose_name_plural = "questions évaluatives"

    def __str__(self) -> str:
        return self.texte


@historise()
class EtapeEvaluation(Suivi):
    evaluation = models.ForeignKey(
        Evaluation, verbose_name="évaluation", on_delete=models.CASCADE, related_name="etapes"
    )
    libelle = models.CharField("étape", max_length=200)
    date_debut = models.DateField("début", null=True, blank=True)
    date_fin = models.DateField("échéance")
    fait_le = models.DateField("faite le", null=True, blank=True)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    objects = DUneEvaluationQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "étape de l’évaluation"
        verbose_name_plural = "étapes de l’évaluation"
        constraints = [
            *Suivi.Meta.constraints,
            models.CheckConstraint(
                condition=Q(date_debut=None) | Q(date_fin__gte=F("date_debut")),
                name="etape_dates_ordonnees",
                violation_error_message="L’étape finit après avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return self.libelle


class SuiteDonnee(models.TextChoices):
    A_DECIDER = "A_DECIDER", "À décider"
    RETENUE = "RETENUE", "Retenue"
    EN_COURS = "EN_COURS", "En cours"
    FAITE = "FAITE", "Faite"
    ECARTEE = "ECARTEE", "Écartée"


# Plus rien n’est attendu
CLOSES = (SuiteDonnee.FAITE, SuiteDonnee.ECARTEE)


def _en_retard(le: date) -> Q:
    return Q(echeance__lt=le) & ~Q(suite__in=CLOSES)


class RecommandationQuerySet(DUneEvaluationQuerySet):
    def avec_retard(self, le: date) -> Self:
        """Avec `est_en_retard` : son échéance est passée, elle n’est ni faite ni écartée."""
        return self.annotate(est_en_retard=Case(When(_en_retard(le), then=True), default=False))

    def en_retard(self, le: date) -> Self:
        return self.filter(_en_retard(le))

    def avec_actions_lisibles(self, utilisateur: Any) -> Self:
        """Chaque recommandation, son évaluation, sa question, et les actions que l’on peut lire."""
        lisibles: Any = Action.objects.lisibles_par(utilisateur)
        lues = self.select_related("evaluation", "question")
        return lues.prefetch_related(models.Prefetch("actions", lisibles.dans_l_ordre()))

    def actions_de(self, recommandations: Iterable[UUID], utilisateur: Any) -> models.QuerySet:
        """(recommandation, action) pour les actions que la personne peut lire, en une requête."""
        liens = self.model.actions.through.objects.filter(
            recommandation__in=list(recommandations),
            action__in=Action.objects.suivis_par(utilisateur),
        )
        return liens.order_by("pk").values_list("recommandation_id", "action_id")

    def par_urgence(self) -> Self:
        """Ce qui est ouvert d’abord, la plus proche échéance en tête ; sans date à la fin."""
        close = Case(When(suite__in=CLOSES, then=1), default=0)
        return self.order_by(close, F("echeance").asc(nulls_last=True), "ordre", "cree_le", "pk")


@historise()
class Recommandation(Suivi):
    """Ce que l’évaluation conseille, et ce qu’on en a fait."""

    evaluation = models.ForeignKey(
        Evaluation,
        verbose_name="évaluation",
        on_delete=models.CASCADE,
        related_name="recommandations",
    )
    question = models.ForeignKey(
        QuestionEvaluative,
        verbose_name="question",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="recommandations",
    )
    texte = models.TextField("recommandation", max_length=2000)
    responsable = models.CharField("qui s’en charge", max_length=200, blank=True)
    echeance = models.DateField("échéance", null=True, blank=True)
    suite = models.CharField(
        "suite donnée", max_length=9, choices=SuiteDonnee, default=SuiteDonnee.A_DECIDER
    )
    explication = models.TextField(
        "ce qui a été fait, ou pourquoi non", max_length=2000, blank=True
    )
    actions = models.ManyToManyField(
        Action, verbose_name="actions qui la mettent en œuvre", blank=True, related_name="+"
    )
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    objects = RecommandationQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "recommandation"
        verbose_name_plural = "recommandations"
        constraints = [
            *Suivi.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(suite=SuiteDonnee.ECARTEE) | ~Q(explication=""),
                name="recommandation_ecartee_expliquee",
                violation_error_message="Dites pourquoi cette recommandation est écartée.",
            ),
        ]

    def __str__(self) -> str:
        return self.texte[:80]
