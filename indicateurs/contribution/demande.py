"""Demander des nouvelles : à qui, sur quelles fiches, quoi, jusqu’à quand."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils import timezone

from acteurs.models import Acteur
from contrats.forms.base import Formulaire
from contrats.models import Action, Demande
from contrats.models.lien_contribution import ANNEE_MAX, ANNEE_MIN
from contrats.services.liens_contribution import Destinataire, Question

Tenues = Sequence[tuple[Acteur, Sequence[Action]]]


class FormulaireDuree(Formulaire):
    jours = forms.IntegerField(label="Pour combien de jours", min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["jours"]
        champ.initial = settings.CLS_CONTRIBUTION_JOURS
        champ.help_text = f"De 1 à {settings.CLS_CONTRIBUTION_JOURS_MAX} jours."
        champ.widget.attrs |= {"class": "courte", "max": settings.CLS_CONTRIBUTION_JOURS_MAX}


class FormulaireDemande(FormulaireDuree):
    """Ce qui vaut pour tous, puis un groupe de champs par organisation."""

    demandes = forms.MultipleChoiceField(
        label="Ce que vous demandez",
        choices=Demande.choices,
        initial=Demande.values,
        widget=forms.CheckboxSelectMultiple,
    )
    annee = forms.IntegerField(
        label="Année",
        min_value=ANNEE_MIN,
        max_value=ANNEE_MAX,
        help_text="Pour la note et les chiffres.",
    )
    message = forms.CharField(
        label="Votre message",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    field_order = ("demandes", "annee", "jours", "message")

    def __init__(self, *args: Any, tenues: Tenues, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tenues = tenues
        self.fields["annee"].initial = timezone.localdate().year
        self.fields["annee"].widget.attrs["class"] = "courte"
        for acteur, fiches in tenues:
            choix = [(str(fiche.pk), str(fiche)) for fiche in fiches]
            self.fields[f"fiches-{acteur.pk}"] = forms.MultipleChoiceField(
                label="Ses fiches",
                choices=choix,
                initial=[cle for cle, _ in choix],
                widget=forms.CheckboxSelectMultiple,
            )
            self.fields[f"courriel-{acteur.pk}"] = forms.EmailField(
                label="Courriel",
                required=False,
                help_text="Le lien y sera envoyé. Sans adresse, vous le copierez.",
            )

    def communs(self) -> list[BoundField]:
        return [self[nom] for nom in self.field_order]

    def groupes(self) -> list[tuple[Acteur, list[BoundField]]]:
        return [
            (acteur, [self[f"fiches-{acteur.pk}"], self[f"courriel-{acteur.pk}"]])
            for acteur, _ in self.tenues
        ]

    def destinataires(self) -> list[Destinataire]:
        return [
            Destinataire(
                acteur=acteur,
                actions=[
                    f for f in fiches if str(f.pk) in self.cleaned_data[f"fiches-{acteur.pk}"]
                ],
                courriel=self.cleaned_data[f"courriel-{acteur.pk}"],
            )
            for acteur, fiches in self.tenues
        ]

    def question(self) -> Question:
        donnees = self.cleaned_data
        return Question(
            annee=donnees["annee"],
            demandes=donnees["demandes"],
            jours=donnees["jours"],
            message=donnees["message"],
        )
