"""D’une année à l’autre : la comparaison des bilans publiés, pour tous et dans l’espace."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bilans.comparaison import ANNEES_AU_PLUS, Comparaison, bilans_comparables, lire_comparaison
from bilans.comparaison.fichier import en_csv
from bilans.comparaison.page import page_de
from cls_platform.socle.navigation import Lien
from cls_platform.socle.page_publique import page_publique
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.views.portes import contrat_suivi

TYPE_CSV = "text/csv; charset=utf-8"


def _annees(request: HttpRequest) -> set[int]:
    """Ce que l’on ne comprend pas est ignoré : sans année lisible, les plus récentes."""
    return {int(a) for a in request.GET.getlist("annee") if a.isdecimal() and len(a) == 4}


def _contexte(request: HttpRequest, contrat: Contrat, adresse_csv: str) -> dict[str, Any]:
    """Contexte : page (bilans.comparaison.page.Page ou None), choix, trop, parametres."""
    publies = bilans_comparables(contrat)
    lue = lire_comparaison(publies, _annees(request))
    montrees = lue.annees if lue else ()
    return {
        "contrat": contrat,
        "page": page_de(lue) if lue else None,
        "choix": [(b.annee, b.annee in montrees) for b in publies],
        "limite": ANNEES_AU_PLUS if len(publies) > ANNEES_AU_PLUS else 0,
        "adresse_csv": f"{adresse_csv}?{'&'.join(f'annee={a}' for a in montrees)}",
    }


def _csv(contrat: Contrat, comparaison: Comparaison | None) -> HttpResponse:
    if comparaison is None:
        raise Http404
    return HttpResponse(
        en_csv(comparaison),
        content_type=TYPE_CSV,
        headers={"Content-Disposition": f'attachment; filename="{contrat.slug}-bilans.csv"'},
    )


def _public(slug: str) -> Contrat:
    return get_object_or_404(Contrat.objects.publics(), slug=slug)


@page_publique
def publique(request: HttpRequest, slug: str) -> HttpResponse:
    contrat = _public(slug)
    adresse = reverse("bilans:comparer_csv", args=[slug])
    contexte = _contexte(request, contrat, adresse)
    if contexte["page"] is None:
        raise Http404
    return render(request, "bilans/annees/publique.html", contexte)


@page_publique
def publique_csv(request: HttpRequest, slug: str) -> HttpResponse:
    contrat = _public(slug)
    return _csv(contrat, lire_comparaison(bilans_comparables(contrat), _annees(request)))


@require_safe
def espace(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    adresse = reverse("bilans:comparer_espace_csv", args=[pk])
    suite = [Lien("D’une année à l’autre")]
    contexte = contexte_espace(request, contrat, "bilans", suite=suite)
    return render(
        request, "bilans/annees/espace.html", contexte | _contexte(request, contrat, adresse)
    )


@require_safe
def espace_csv(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    return _csv(contrat, lire_comparaison(bilans_comparables(contrat), _annees(request)))
