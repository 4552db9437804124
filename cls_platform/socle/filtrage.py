"""Ce que partagent tous les jeux de filtres ; la page et l’API emploient les mêmes.

Une page : `filtre = ActionFilterSet(request.GET, queryset=Action.objects.visibles_par(...))`, puis
`filtre.exiger_valide()` (une valeur mal écrite donne la page 400, jamais une erreur interne),
`filtre.qs` et `filtre.form`. La date du jour est lue une fois, dans `filtre.le`.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import django_filters
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

LONGUEUR_RECHERCHE = 100


class Recherche(django_filters.CharFilter):
    """Les mots cherchés, accents, majuscules et traits d’union ignorés."""

    def __init__(self, **options: Any) -> None:
        options = {"label": "Rechercher", "max_length": LONGUEUR_RECHERCHE, **options}
        super().__init__(**options)

    def filter(self, qs: Any, value: str) -> Any:
        return qs.rechercher(value) if value else qs


def _en_booleen(valeur: str) -> bool:
    return valeur == "true"


@extend_schema_field(OpenApiTypes.BOOL)
class OuiNon(django_filters.TypedChoiceFilter):
    """`true` ou `false`, rien d’autre : une autre valeur est refusée au lieu d’être ignorée."""

    def __init__(self, **options: Any) -> None:
        choix = [("true", "Oui"), ("false", "Non")]
        super().__init__(choices=choix, coerce=_en_booleen, empty_value=None, **options)


class ChoixMultiples(django_filters.MultipleChoiceFilter):
    """Une valeur ou plusieurs (`?phase=A&phase=B`), en un seul IN."""

    def filter(self, qs: Any, value: Sequence[str]) -> Any:
        if not value:
            return qs
        if self.method:
            return super().filter(qs, value)
        return qs.filter(**{f"{self.field_name}__in": list(value)})


class JeuDeFiltres(django_filters.FilterSet):
    """Des filtres stricts, datés du jour."""

    def __init__(self, *args: Any, le: date | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.le = le or timezone.localdate()

    def exiger_valide(self) -> None:
        """Lève BadRequest (400) en nommant le premier filtre mal écrit."""
        if self.is_valid():
            return
        nom, erreurs = next(iter(self.errors.items()))
        raise BadRequest(f"Le filtre « {nom} » n’a pas été compris. {erreurs[0]}")

    @property
    def actifs(self) -> dict[str, Any]:
        """Les filtres remplis et bien écrits."""
        valeurs = self.form.cleaned_data if self.is_valid() else {}
        return {nom: v for nom, v in valeurs.items() if _est_rempli(v)}


def _est_rempli(valeur: Any) -> bool:
    if isinstance(valeur, QuerySet):
        return valeur.exists()
    return valeur not in (None, "", [], ())
