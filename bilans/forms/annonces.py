"""Une annonce du bilan d’avant : ce qui était dit, ce que c’est devenu."""

from django import forms

from bilans.models import AnnonceBilan, Devenir
from contrats.forms.objet import FormulaireDUnObjet


def _texte() -> forms.CharField:
    return forms.CharField(
        label="Ce qui était annoncé",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mot pour mot, comme le bilan d’avant l’a écrit.",
    )


class FormulaireDuTexte(FormulaireDUnObjet):
    """Le texte mal repris ou mal recopié ; ce que l’annonce est devenue reste."""

    modele = AnnonceBilan

    texte = _texte()


class FormulaireDevenir(FormulaireDUnObjet):
    """Une annonce se lit ; on en dit seulement le devenir."""

    modele = AnnonceBilan

    devenir = forms.ChoiceField(
        label="Ce que c’est devenu", choices=Devenir.choices, widget=forms.RadioSelect
    )
    explication = forms.CharField(
        label="En une phrase",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Pour les habitants, avec une date ou un chiffre. Obligatoire si ce n’est pas "
        "entièrement fait.",
    )


class FormulaireAnnonce(FormulaireDevenir):
    """Une annonce que le bilan d’avant ne portait pas sur la plateforme."""

    texte = _texte()

    # Ce qui était dit, puis ce que c’est devenu
    field_order = ("texte",)
