"""Les pages du site public qui ne dépendent d’aucun contrat."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bilans.models import Sigle
from contrats.etats import STATUT_PUBLIC


@login_not_required
@require_safe
def comprendre(request: HttpRequest) -> HttpResponse:
    statuts = [{"code": code, "mot": mot} for code, mot in STATUT_PUBLIC.items()]
    return render(request, "bilans/public/comprendre.html", {"statuts": statuts})


@login_not_required
@require_safe
def mots(request: HttpRequest) -> HttpResponse:
    sigles = Sigle.objects.actives().order_by("sigle", "ordre")
    return render(request, "bilans/public/mots.html", {"sigles": sigles})


@login_not_required
@require_safe
def mentions(request: HttpRequest) -> HttpResponse:
    return render(request, "bilans/public/mentions.html")


@login_not_required
@require_safe
def accessibilite(request: HttpRequest) -> HttpResponse:
    return render(request, "bilans/public/accessibilite.html")


@login_not_required
@require_safe
def donnees_personnelles(request: HttpRequest) -> HttpResponse:
    return render(request, "bilans/public/donnees_personnelles.html")


@login_not_required
@require_safe
def plan_du_site(request: HttpRequest) -> HttpResponse:
    return render(request, "bilans/public/plan_du_site.html")
