"""Une évaluation : la préparer, son calendrier, ses questions, ses recommandations."""

from collections.abc import Sequence
from typing import Any

from django import forms

from contrats.forms.base import ChampDate, Formulaire
from contrats.forms.objet import FormulaireDUnObjet
from contrats.models import Action
from indicateurs.forms.suivi import choix_parmi, proposer, zone
from indicateurs.models import (
    CritereEvaluation,
    EtapeEvaluation,
    Evaluation,
    Indicateur,
    MomentEvaluation,
    QuestionEvaluative,
    Recommandation,
    SuiteDonnee,
)


class _Dates(Formulaire):
    """Une fin avant le début se dit à côté de la fin."""

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        debut, fin = donnees.get("date_debut"), donnees.get("date_fin")
        if debut and fin and fin < debut:
            self.add_error("date_fin", "La fin vient avant le début. Corrigez l’une des deux.")
        return donnees


class FormulaireEvaluation(_Dates):
    modele = Evaluation

    moment = forms.ChoiceField(
        label="Moment", choices=MomentEvaluation.choices, widget=forms.RadioSelect
    )
    titre = forms.CharField(label="Titre", max_length=200)
    evaluateur = forms.CharField(
        label="Qui évalue",
        max_length=200,
        required=False,
        help_text="La coordination, un comité, un organisme extérieur.",
    )
    attentes = forms.CharField(
        label="Ce que l’on en attend",
        max_length=4000,
        required=False,
        widget=zone(4),
        help_text="Décider de la suite, rendre compte, améliorer : les élus, l’agence et les "
        "habitants n’en attendent pas la même chose.",
    )
    date_debut = ChampDate(label="Début", required=False)
    date_fin = ChampDate(label="Fin", required=False)


class FormulaireEvaluationModifiee(FormulaireDUnObjet, FormulaireEvaluation):
    synthese = forms.CharField(
        label="Synthèse",
        max_length=10000,
        required=False,
        widget=zone(10),
        help_text="Les réponses principales en une page, pour qui ne lira que cela.",
    )


class DUneEvaluation(Formulaire):
    """Un formulaire qui propose ce que contient le contrat évalué."""

    def __init__(self, *args: Any, evaluation: Evaluation, utilisateur: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.proposer_du_contrat(evaluation, utilisateur)

    def proposer_du_contrat(self, evaluation: Evaluation, utilisateur: Any) -> None:
        """Ce que proposent ses champs de choix ; rien de plus par défaut."""


class FormulaireQuestion(DUneEvaluation):
    modele = QuestionEvaluative

    texte = forms.CharField(
        label="Question",
        max_length=400,
        widget=zone(2),
        error_messages={"required": "Écrivez la question."},
    )
    critere = forms.ChoiceField(label="Critère", choices=CritereEvaluation.choices)
    criteres_de_jugement = forms.CharField(
        label="À quoi verra-t-on la réponse",
        max_length=2000,
        required=False,
        widget=zone(3),
        help_text="Un par ligne : ce que l’on doit pouvoir constater.",
    )
    sources = forms.CharField(
        label="Sources et méthodes", max_length=2000, required=False, widget=zone(2)
    )
    indicateurs = choix_parmi(Indicateur.objects.none(), label="Indicateurs")

    def proposer_du_contrat(self, evaluation: Evaluation, utilisateur: Any) -> None:
        proposer(self, indicateurs=evaluation.contrat.indicateurs.dans_l_ordre())


class FormulaireQuestionModifiee(FormulaireDUnObjet, FormulaireQuestion):
    reponse = forms.CharField(
        label="Réponse",
        max_length=10000,
        required=False,
        widget=zone(8),
        help_text="Vide tant que l’évaluation ne l’a pas donnée.",
    )


class FormulaireEtape(DUneEvaluation, _Dates):
    modele = EtapeEvaluation

    libelle = forms.CharField(
        label="Étape", max_length=200, error_messages={"required": "Nommez l’étape."}
    )
    date_debut = ChampDate(label="Début", required=False)
    date_fin = ChampDate(label="Échéance")


class FormulaireEtapeModifiee(FormulaireDUnObjet, FormulaireEtape):
    fait_le = ChampDate(label="Faite le", required=False, help_text="Vide : encore à faire.")


class FormulaireRecommandation(DUneEvaluation):
    modele = Recommandation

    texte = forms.CharField(
        label="Recommandation",
        max_length=2000,
        widget=zone(3),
        error_messages={"required": "Écrivez la recommandation."},
    )
    question = forms.ModelChoiceField(
        QuestionEvaluative.objects.none(),
        label="Question d’où elle vient",
        required=False,
        empty_label="Aucune en particulier",
    )
    responsable = forms.CharField(
        label="Qui s’en charge",
        max_length=200,
        required=False,
        help_text="Une fonction ou une organisation.",
    )
    echeance = ChampDate(label="Échéance", required=False)
    suite = forms.ChoiceField(
        label="Suite donnée", choices=SuiteDonnee.choices, initial=SuiteDonnee.A_DECIDER
    )
    explication = forms.CharField(
        label="Ce qui a été fait, ou pourquoi non",
        max_length=2000,
        required=False,
        widget=zone(3),
        help_text="Il en faut une si la recommandation est écartée.",
    )
    actions = choix_parmi(Action.objects.none(), label="Actions qui la mettent en œuvre")

    def proposer_du_contrat(self, evaluation: Evaluation, utilisateur: Any) -> None:
        proposer(
            self,
            question=evaluation.questions.dans_l_ordre(),
            actions=evaluation.contrat.actions.lisibles_par(utilisateur).dans_l_ordre(),
        )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        if donnees.get("suite") == SuiteDonnee.ECARTEE and not donnees.get("explication"):
            self.add_error("explication", "Dites pourquoi cette recommandation est écartée.")
        return donnees


class FormulaireRecommandationModifiee(FormulaireDUnObjet, FormulaireRecommandation):
    """Le même, pour corriger."""


class FormulaireSuite(Formulaire):
    """Changer la suite d’une recommandation depuis sa ligne."""

    suite = forms.ChoiceField(label="Suite donnée", choices=SuiteDonnee.choices)


class FormulaireTrame(Formulaire):
    """Ce que l’on garde de la trame proposée."""

    cles = forms.MultipleChoiceField(
        label="À ajouter",
        error_messages={
            "required": "Cochez au moins une question ou une étape.",
            "invalid_choice": "La trame a changé : relisez-la, puis recommencez.",
        },
    )

    def __init__(self, *args: Any, cles: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cles"].choices = [(cle, cle) for cle in cles]  # type: ignore[attr-defined]  # un champ de choix
