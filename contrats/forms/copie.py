"""Dupliquer une fiche ou une branche, reprendre un plan : ce que l’on emporte."""

from typing import Any

from django import forms

from contrats.copie import ANNEES_MAX, Options
from contrats.forms.base import Formulaire
from contrats.forms.place import FormulairePlace
from contrats.models import Contrat
from contrats.services.copie_plan import LONGUEUR_DU_TITRE, SANS_AXE

EMPORTER = (
    ("etapes", "Étapes"),
    ("partenaires", "Partenaires et autres organisations"),
    ("indicateurs", "Indicateurs, reliés aussi à la copie"),
    ("notes", "Notes du journal"),
    ("budget", "Budget et financements"),
    ("documents", "Documents"),
)
D_ABORD = ["etapes", "partenaires"]


class FormulaireOptions(Formulaire):
    """`options()` rend ce qui est coché ; ce qui ne peut pas être emporté n’est pas proposé."""

    emporter = forms.MultipleChoiceField(
        label="Emporter aussi",
        choices=EMPORTER,
        required=False,
        initial=D_ABORD,
        widget=forms.CheckboxSelectMultiple,
    )
    remise_a_zero = forms.BooleanField(
        label="Repartir à neuf",
        required=False,
        initial=True,
        help_text="Statuts «\u00a0à venir\u00a0», étapes à faire, montants repris en prévisions.",
    )
    decalage = forms.IntegerField(
        label="Décaler les dates, en années",
        required=False,
        min_value=-ANNEES_MAX,
        max_value=ANNEES_MAX,
        widget=forms.NumberInput(attrs={"class": "courte"}),
        help_text="Avec 5, ce qui finit en 2026 finira en 2031. Vide\u00a0: les dates restent.",
    )

    def __init__(self, *args: Any, sans: frozenset[str] = frozenset(), **options: Any) -> None:
        super().__init__(*args, **options)
        champ: Any = self.fields["emporter"]
        champ.choices = [choix for choix in EMPORTER if choix[0] not in sans]

    def options(self) -> Options:
        emportes = self.cleaned_data["emporter"]
        return Options(
            **{nom: nom in emportes for nom, _ in EMPORTER},
            remise_a_zero=self.cleaned_data["remise_a_zero"],
            decalage=self.cleaned_data["decalage"] or 0,
        )


class FormulaireDuplication(FormulaireOptions, FormulairePlace):
    """Une fiche : son titre, sa place."""

    titre = forms.CharField(label="Titre de la copie", max_length=LONGUEUR_DU_TITRE)

    field_order = ("titre", "ou", "emporter", "remise_a_zero", "decalage")


class FormulaireSource(Formulaire):
    """Le contrat dont on reprend le plan, parmi ceux que la personne suit."""

    source = forms.ModelChoiceField(
        Contrat.objects.none(),
        label="Contrat dont reprendre le plan",
        empty_label="Choisir un contrat",
        widget=forms.Select(attrs={"data-cls-saisie": "Chercher un contrat"}),
    )

    def __init__(self, *args: Any, sources: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        champ: Any = self.fields["source"]
        champ.queryset = sources
        champ.label_from_instance = lambda c: f"{c.nom} {c.periode}".strip()


class FormulaireReprise(FormulaireOptions):
    """Les axes à reprendre, tous cochés d’abord."""

    axes = forms.MultipleChoiceField(
        label="Axes à reprendre",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins un axe."},
    )

    field_order = ("axes", "emporter", "remise_a_zero", "decalage")

    def __init__(self, *args: Any, source: Contrat, **options: Any) -> None:
        super().__init__(*args, **options)
        choix = [(str(a.pk), f"{a.numero}. {a.titre}") for a in source.axes.dans_l_ordre()]
        choix.append((SANS_AXE, "Ce qui n’a pas d’axe"))
        champ: Any = self.fields["axes"]
        champ.choices = choix
        champ.initial = [cle for cle, _ in choix]
