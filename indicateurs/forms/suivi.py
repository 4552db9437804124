"""Ce que partagent les formulaires des objets suivis : zones de texte, listes de choix."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model


def zone(lignes: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": lignes})


def choix_parmi(queryset: Any, **options: Any) -> forms.ModelMultipleChoiceField:
    """Des cases à cocher : une longue liste se parcourt, un choix se voit."""
    return forms.ModelMultipleChoiceField(
        queryset, required=False, widget=forms.CheckboxSelectMultiple, **options
    )


def proposer(form: forms.Form, **querysets: Iterable[Model]) -> None:
    """Ce que chaque champ de choix propose."""
    for nom, queryset in querysets.items():
        form.fields[nom].queryset = queryset  # type: ignore[attr-defined]  # un champ de choix
