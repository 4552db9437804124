"""La liste publique des contrats ; une personne connectée y voit aussi les siens."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cls_platform.socle.page_publique import relisible
from contrats.filters import ContratFilterSet
from contrats.models import Contrat

CONTRATS_PAR_PAGE = 20


@login_not_required
@require_GET
def liste(request: HttpRequest) -> HttpResponseBase:
    """Contexte : page (Page de Contrat), filtre (ContratFilterSet), est_filtre, total."""
    visibles = Contrat.objects.visibles_par(request.user)
    filtre = ContratFilterSet(request.GET, queryset=visibles.pour_liste().tries(), request=request)
    filtre.exiger_valide()
    page = Paginator(filtre.qs, CONTRATS_PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "page": page,
        "filtre": filtre,
        "est_filtre": bool(filtre.actifs),
        "total": visibles.count(),
    }
    reponse = render(request, "contrats/liste.html", contexte)
    return relisible(request, reponse, est_privee=request.user.is_authenticated)
