"""Trouver son contrat ; les réunions où chacun peut venir."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from bilans import mon_contrat as recherche
from cls_platform.socle.page_publique import page_publique
from contrats.models import Reunion

REUNIONS_PAR_PAGE = 20


@page_publique
def mon_contrat(request: HttpRequest) -> HttpResponse:
    """`?ou=` (commune, code postal, nom) ou `?commune=` (code Insee choisi).

    Un seul contrat possible : on y va. Contexte : trouve (Trouve), lieu (Lieu ou None), agence.
    """
    le = timezone.localdate()
    code = request.GET.get("commune", "")[:5]
    if code and (lieu := recherche.dans_la_commune(code, le)):
        trouve = recherche.Trouve(lieu.commune.nom, (lieu,), ())
    else:
        trouve = recherche.chercher(request.GET.get("ou", ""), le)
    if contrat := trouve.seul_contrat:
        return redirect("bilans:contrat", slug=contrat.slug)
    seul = trouve.lieu_sans_contrat
    agence = recherche.agence_de(seul.commune) if seul else None
    contexte = {"trouve": trouve, "lieu": seul, "agence": agence}
    return render(request, "bilans/public/mon_contrat.html", contexte)


@page_publique
def reunions(request: HttpRequest) -> HttpResponse:
    """Contexte : page (Page de Reunion, avec contrat)."""
    a_venir = Reunion.objects.annoncees_a_tous(timezone.localdate())
    page = Paginator(a_venir, REUNIONS_PAR_PAGE).get_page(request.GET.get("page"))
    return render(request, "bilans/public/reunions.html", {"page": page})
