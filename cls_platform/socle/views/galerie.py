"""La galerie : chaque composant dans chacun de ses états, pour qui construit les pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cls_platform.socle import exemples_galerie, exemples_graphiques, theme


@login_not_required
@require_safe
def galerie(request: HttpRequest) -> HttpResponse:
    """404 hors développement (réglage GALERIE_COMPOSANTS)."""
    if not settings.GALERIE_COMPOSANTS:
        raise Http404
    return render(request, "socle/galerie.html", contexte_galerie())


def contexte_galerie() -> dict[str, Any]:
    return {
        "nuances": [(nom, _rapport(couleur)) for nom, couleur in exemples_galerie.NUANCES],
        "accent": _rapport(settings.CLS_ACCENT),
        "fonds": exemples_galerie.FONDS,
        "rampe": range(6),
        **exemples_galerie.reperage(),
        **exemples_galerie.formulaires(),
        **exemples_galerie.suivi(),
        **exemples_graphiques.graphiques(),
    }


def _rapport(couleur: str) -> str:
    return f"{theme.contraste(couleur, '#ffffff'):.1f}:1".replace(".", ",")
