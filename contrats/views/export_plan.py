"""Emporter la liste filtrée dans un tableur : ces lignes-là, dans l’ordre du plan."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from acteurs.droits import Droit
from contrats.filters import FiltresDuPlan
from contrats.permissions import peut
from contrats.tableur.exportation import ECRITURES, TYPES, exporter
from contrats.views.portes import contrat_suivi


@require_GET
def exporter_plan(request: HttpRequest, pk: UUID, extension: str) -> HttpResponse:
    contrat, le = contrat_suivi(request, pk), timezone.localdate()
    if extension not in ECRITURES:
        raise Http404
    lisibles = contrat.actions.lisibles_par(request.user)
    filtre = FiltresDuPlan(request.GET, queryset=lisibles, le=le, par=request.user)
    filtre.exiger_valide()
    avec_argent = peut(request.user, Droit.VOIR_BUDGET, contrat)
    contenu = exporter(contrat, filtre.qs, extension, avec_argent=avec_argent)
    nom = f"{contrat.slug}-plan-{le:%Y-%m-%d}.{extension}"
    entetes = {"Content-Disposition": f'attachment; filename="{nom}"'}
    return HttpResponse(contenu, content_type=TYPES[extension], headers=entetes)
