"""Ce que partagent tous les jeux de filtres ; la page et l’API emploient les mêmes.

Une page : `filtre = ActionFilterSet(request.GET, queryset=Action.objects.visibles_par(...))`, puis
`filtre.exiger_valide()` (une valeur mal écrite donne la page 400, jamais une erreur interne),
`filtre.qs` et `filtre.form`. La date du jour est lue une fois, dans `filtre.le`.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import django_filters
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest, ValidationError
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils import timezone
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


def _decrire(filtre: Any, schema: dict[str, Any]) -> None:
    """Dit au schéma OpenAPI ce que l’on attend, que drf-spectacular ne devine pas."""
    extend_schema_field({**schema, "description": filtre.label})(filtre)


class Code(django_filters.CharFilter):
    """Un code officiel ; `motif` dit sa forme, `exemple` la montre."""

    def __init__(self, *, motif: str, exemple: str, **options: Any) -> None:
        forme = RegexValidator(f"^{motif}$", message=f"Ce code s’écrit comme {exemple}.")
        super().__init__(validators=[forme], **options)
        _decrire(self, {"type": "string", "pattern": f"^{motif}$"})


class OuiNon(django_filters.TypedChoiceFilter):
    """`true` ou `false`, rien d’autre : une autre valeur est refusée au lieu d’être ignorée."""

    def __init__(self, **options: Any) -> None:
        choix = [("true", "Oui"), ("false", "Non")]
        super().__init__(choices=choix, coerce=_en_booleen, empty_value=None, **options)
        _decrire(self, {"type": "boolean"})


class _ChampParmi(django_filters.fields.ModelChoiceField):
    def to_python(self, value: Any) -> Any:
        """PostgreSQL refuse le caractère nul avant même de chercher."""
        if isinstance(value, str) and "\x00" in value:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class Parmi(django_filters.ModelChoiceFilter):
    """Un objet d’une table de référence, par sa clé. Inconnu : refusé."""

    field_class = _ChampParmi


class ChoixMultiples(django_filters.MultipleChoiceFilter):
    """Une valeur ou plusieurs (`?phase=A&phase=B`), en un seul IN."""

    def filter(self, qs: Any, value: Sequence[str]) -> Any:
        if not value:
            return qs
        if self.method:
            return super().filter(qs, value)
        return qs.filter(**{f"{self.field_name}__in": list(value)})


class JeuDeFiltres(django_filters.FilterSet):
    """Des filtres stricts, datés du jour. `par` : qui filtre, quand ce n’est pas la requête.

    `sans_formulaire` : seuls les filtres demandés sont construits ; pour qui ne montre pas `form`.
    """

    base_filters: dict[str, Any]

    def __init__(
        self,
        data: Any = None,
        *args: Any,
        le: date | None = None,
        par: Any = None,
        sans_formulaire: bool = False,
        **options: Any,
    ) -> None:
        if sans_formulaire:
            tous: dict[str, Any] = type(self).base_filters
            self.base_filters = {nom: tous[nom] for nom in data or () if nom in tous}
        super().__init__(data, *args, **options)
        self.le = le or timezone.localdate()
        self.par = par
        # Rien à lire dans l’adresse : le formulaire ne serait construit que pour rien
        self.est_sans_demande = sans_formulaire and not self.base_filters

    def is_valid(self) -> bool:
        return self.est_sans_demande or bool(super().is_valid())

    def exiger_valide(self) -> None:
        """Lève BadRequest (400) en nommant le premier filtre mal écrit."""
        if self.is_valid():
            return
        nom, erreurs = next(iter(self.errors.items()))
        raise BadRequest(f"Le filtre « {nom} » n’a pas été compris. {erreurs[0]}")

    @property
    def utilisateur(self) -> Any:
        """Qui filtre ; sans requête ni personne nommée, une visite anonyme."""
        return self.par or getattr(self.request, "user", None) or AnonymousUser()

    @property
    def actifs(self) -> dict[str, Any]:
        """Les filtres remplis et bien écrits."""
        if self.est_sans_demande:
            return {}
        valeurs = self.form.cleaned_data if self.is_valid() else {}
        return {nom: v for nom, v in valeurs.items() if _est_rempli(v)}


def _est_rempli(valeur: Any) -> bool:
    if isinstance(valeur, QuerySet):
        return valeur.exists()
    return valeur not in (None, "", [], ())
