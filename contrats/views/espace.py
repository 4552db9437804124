"""L’accueil de l’espace de travail : les contrats que la personne suit."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from acteurs.droits import Droit
from contrats.filters import ContratFilterSet
from contrats.models import Contrat
from contrats.navigation import contexte_general

CONTRATS_PAR_PAGE = 25


@require_GET
def espace(request: HttpRequest) -> HttpResponse:
    suivis = Contrat.objects.suivis_par(request.user)
    montres = suivis.pour_espace(request.user).tries()
    filtre = ContratFilterSet(request.GET, queryset=montres, request=request)
    filtre.exiger_valide()
    page = Paginator(filtre.qs, CONTRATS_PAR_PAGE).get_page(request.GET.get("page"))
    contexte = contexte_general(request, "contrats")
    contexte |= {
        "page": page,
        "filtre": filtre,
        "est_filtre": bool(filtre.actifs),
        "peut_creer": Droit.CREER_CONTRAT in contexte["droits"],
        "peut_importer": Droit.CHARGER_DONNEES in contexte["droits"],
        "le": timezone.localdate(),
    }
    return render(request, "contrats/espace.html", contexte)
