"""Les évaluations en lecture, pour qui suit le contrat : calendrier, questions, recommandations."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, ClassVar
from uuid import UUID

from rest_framework import serializers

from cls_platform.socle.api.champs import Serialiseur
from cls_platform.socle.api.lecture import Lecteur, Lignes, PlanDeLecture, colonnes_simples
from cls_platform.socle.api.ressources import Ressource
from indicateurs import filtres_evaluation as filtres
from indicateurs.models import EtapeEvaluation, Evaluation, QuestionEvaluative, Recommandation

Lecture = Callable[[Iterable[UUID], Any], Any]


def _avec(cle: str, lire: Lecture) -> Callable[[Lignes, Lecteur], None]:
    """Ajoute à chaque ligne la liste `cle` que rend `lire`, en une requête pour toutes."""

    def completer(lignes: Lignes, lecteur: Lecteur) -> None:
        trouves: dict[Any, list[Any]] = defaultdict(list)
        for porteur, element in lire(lignes, lecteur.utilisateur):
            trouves[porteur].append(element)
        for pk, ligne in lignes.items():
            ligne[cle] = trouves[pk]

    return completer


EVALUATIONS = PlanDeLecture(
    colonnes=colonnes_simples(
        "id", "contrat", "moment", "titre", "evaluateur", "attentes", "date_debut", "date_fin",
        "synthese", "version", "modifie_le",
    )
)  # fmt: skip
ETAPES = PlanDeLecture(
    colonnes=colonnes_simples(
        "id", "evaluation", "libelle", "date_debut", "date_fin", "fait_le", "ordre", "version",
        "modifie_le",
    )
)  # fmt: skip
QUESTIONS = PlanDeLecture(
    completer=_avec("indicateurs", QuestionEvaluative.objects.indicateurs_de),
    colonnes=colonnes_simples(
        "id", "evaluation", "texte", "critere", "criteres_de_jugement", "sources", "reponse",
        "ordre", "version", "modifie_le",
    ),
)  # fmt: skip
RECOMMANDATIONS = PlanDeLecture(
    completer=_avec("actions", Recommandation.objects.actions_de),
    colonnes=colonnes_simples(
        "id", "evaluation", "question", "texte", "responsable", "echeance", "suite", "explication",
        "ordre", "version", "modifie_le",
    ),
)  # fmt: skip


class EvaluationSerializer(Serialiseur):
    """Une évaluation du contrat. Les dates sont celles de sa conduite."""

    class Meta:
        model = Evaluation
        fields = tuple(EVALUATIONS.colonnes)


class EtapeEvaluationSerializer(Serialiseur):
    """Une étape du calendrier ; `fait_le` est nul tant qu’elle est à faire."""

    class Meta:
        model = EtapeEvaluation
        fields = tuple(ETAPES.colonnes)


class QuestionEvaluativeSerializer(Serialiseur):
    """Une question, ce qui permettra d’y répondre, et la réponse (vide tant qu’on l’ignore)."""

    indicateurs = serializers.SerializerMethodField()

    class Meta:
        model = QuestionEvaluative
        fields = (*QUESTIONS.colonnes, "indicateurs")

    def get_indicateurs(self, question: QuestionEvaluative) -> list[UUID]:
        utilisateur = self.context["request"].user
        liens = QuestionEvaluative.objects.indicateurs_de([question.pk], utilisateur)
        return [indicateur for _, indicateur in liens]


class RecommandationSerializer(Serialiseur):
    """Ce que l’évaluation conseille, et ce qu’on en a fait."""

    actions = serializers.SerializerMethodField(help_text="Les actions que vous pouvez lire.")

    class Meta:
        model = Recommandation
        fields = (*RECOMMANDATIONS.colonnes, "actions")

    def get_actions(self, recommandation: Recommandation) -> list[UUID]:
        utilisateur = self.context["request"].user
        liens = Recommandation.objects.actions_de([recommandation.pk], utilisateur)
        return [action for _, action in liens]


class EvaluationViewSet(Ressource):
    """Les évaluations des contrats que l’appelant suit."""

    serializer_class = EvaluationSerializer
    filterset_class = filtres.EvaluationFilterSet
    plan: ClassVar[PlanDeLecture] = EVALUATIONS

    def get_queryset(self) -> Any:
        return Evaluation.objects.suivis_par(self.request.user).ranges_par_contrat()


class EtapeEvaluationViewSet(Ressource):
    """Les étapes de ces évaluations."""

    serializer_class = EtapeEvaluationSerializer
    filterset_class = filtres.EtapeFilterSet
    plan: ClassVar[PlanDeLecture] = ETAPES

    def get_queryset(self) -> Any:
        return EtapeEvaluation.objects.suivis_par(self.request.user).dans_l_ordre()


class QuestionEvaluativeViewSet(Ressource):
    """Les questions de ces évaluations."""

    serializer_class = QuestionEvaluativeSerializer
    filterset_class = filtres.QuestionFilterSet
    plan: ClassVar[PlanDeLecture] = QUESTIONS

    def get_queryset(self) -> Any:
        return QuestionEvaluative.objects.suivis_par(self.request.user).dans_l_ordre()


class RecommandationViewSet(Ressource):
    """Les recommandations de ces évaluations."""

    serializer_class = RecommandationSerializer
    filterset_class = filtres.RecommandationFilterSet
    plan: ClassVar[PlanDeLecture] = RECOMMANDATIONS

    def get_queryset(self) -> Any:
        return Recommandation.objects.suivis_par(self.request.user).dans_l_ordre()
