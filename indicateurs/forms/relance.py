from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from acteurs.models import Utilisateur
from indicateurs.forms.base import FormulaireReporte
from indicateurs.services.relances import MESSAGE_MAX, PERSONNE


class RelanceForm(FormulaireReporte):
    """Qui relancer, et un mot de plus ; `proposees` : ceux que l’on coche d’avance."""

    personnes = forms.MultipleChoiceField(
        label="À qui",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": PERSONNE,
            "invalid_choice": "Une de ces personnes n’a plus rien à saisir. Relisez la liste.",
        },
    )
    message = forms.CharField(
        label="Un mot de vous",
        required=False,
        max_length=MESSAGE_MAX,
        help_text="Il vient avant la liste des valeurs.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, personnes: Iterable[Utilisateur], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ: Any = self.fields["personnes"]
        champ.choices = [(str(p.pk), str(p)) for p in personnes]

    def choisies(self) -> list[UUID]:
        return [UUID(cle) for cle in self.cleaned_data["personnes"]]
