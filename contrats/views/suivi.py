"""L’onglet « Suivi » d’une fiche."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cls_platform.socle.navigation import Lien
from contrats.coque_fiche import contexte_fiche
from contrats.views.portes import action_suivie


@require_GET
def suivi(request: HttpRequest, pk: UUID) -> HttpResponse:
    action = action_suivie(request, pk)
    contexte = contexte_fiche(request, action, "suivi", suite=(Lien("Suivi"),))
    return render(request, "contrats/suivi.html", contexte)
