"""Proposer une fiche à un autre contrat ; offrir des fiches à la bibliothèque ; en reprendre."""

from typing import Any
from uuid import UUID

from django import forms

from contrats.forms.base import Formulaire
from contrats.forms.place import FormulairePlace
from contrats.models import Action, Contrat


class FormulairePartage(Formulaire):
    contrat = forms.ModelChoiceField(
        Contrat.objects.none(),
        label="Contrat avec lequel la partager",
        empty_label="Choisir un contrat",
        widget=forms.Select(attrs={"data-cls-saisie": "Chercher un contrat"}),
        help_text="Un contrat public, ou un de ceux que vous suivez.",
    )
    message = forms.CharField(
        label="Message à sa coordination",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, contrats: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        champ: Any = self.fields["contrat"]
        champ.queryset = contrats
        champ.label_from_instance = lambda c: f"{c.nom} {c.periode}".strip()


class FormulaireOffre(Formulaire):
    """L’accord du contrat, et une case par fiche."""

    est_ouvert = forms.BooleanField(
        label="Notre contrat offre des fiches à la bibliothèque",
        required=False,
        help_text=(
            "Les coordinations des autres contrats liront, des fiches cochées, le titre, les "
            "textes, les thèmes, les publics et les étapes. Jamais les personnes, les "
            "organisations, l’argent, le journal ni les documents."
        ),
    )
    fiches = forms.TypedMultipleChoiceField(
        label="Fiches offertes",
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Relisez leurs textes\u00a0: ils ne doivent nommer personne.",
    )
    envoi = forms.CharField(widget=forms.HiddenInput, initial="1")

    def __init__(self, *args: Any, actions: list[Action], **options: Any) -> None:
        super().__init__(*args, **options)
        champ: Any = self.fields["fiches"]
        champ.choices = [(str(action.pk), str(action)) for action in actions]
        if not actions:
            del self.fields["fiches"]


class FormulairePanier(FormulairePlace):
    """Quelles fiches du panier, et où."""

    fiches = forms.TypedMultipleChoiceField(
        label="Fiches à ajouter",
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une fiche."},
    )

    field_order = ("fiches", "ou")

    def __init__(self, *args: Any, actions: list[Action], **options: Any) -> None:
        super().__init__(*args, **options)
        champ: Any = self.fields["fiches"]
        champ.choices = [
            (str(a.pk), f"{a.titre} ({a.contrat.nom}, {a.contrat.region.nom})") for a in actions
        ]
        champ.initial = [cle for cle, _ in champ.choices]
