"""Les filtres des listes : ceux des pages, et rien que ceux-là."""

from typing import Any

from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

from cls_platform.socle.api.pagination import PARAMETRES_DE_PAGE

# L’action d’une ressource qui rend toute la liste filtrée, en un fichier
EXPORT = "export"


class FiltreStrict(DjangoFilterBackend):
    """Un paramètre inconnu, ou une valeur mal écrite, donne un 400 qui le nomme.

    Ignorer un filtre mal orthographié rendrait toute la liste à qui croit n’en lire qu’une part.
    """

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        refuser_inconnus(request, view)
        return super().filter_queryset(request, queryset, view)

    def get_filterset_kwargs(self, request: Request, queryset: Any, view: Any) -> dict[str, Any]:
        options = super().get_filterset_kwargs(request, queryset, view)
        return {**options, "sans_formulaire": True}


def refuser_inconnus(request: Request, view: Any) -> None:
    """Lève ValidationError (400) ; hors d’une liste, aucun paramètre n’a de sens."""
    permis = _permis(view)
    if inconnus := sorted(request.query_params.keys() - permis):
        raise ValidationError({nom: [_inconnu(permis)] for nom in inconnus})


def _permis(view: Any) -> set[str]:
    """Une liste à emporter n’a pas de pages."""
    if view.action not in {"list", EXPORT}:
        return set()
    jeu = getattr(view, "filterset_class", None)
    pages = PARAMETRES_DE_PAGE if view.action == "list" else ()
    return {*(jeu.base_filters if jeu else ()), *pages}


def _inconnu(permis: set[str]) -> ErrorDetail:
    liste = ", ".join(sorted(permis)) or "aucun"
    return ErrorDetail(
        f"Paramètre inconnu. Paramètres possibles\u00a0: {liste}.", code="parametre_inconnu"
    )
