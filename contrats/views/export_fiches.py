"""Emporter les fiches de plusieurs contrats : ceux que montre la liste, filtrée de même."""

from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from django.views.decorators.http import require_GET

from contrats.filters import ContratFilterSet
from contrats.models import Action, Contrat
from contrats.tableur.liste import TYPES, Liste


@require_GET
def exporter_fiches(request: HttpRequest, extension: str) -> FileResponse:
    """Les fiches que la personne peut lire, dans les contrats qui passent les filtres."""
    if extension not in TYPES:
        raise Http404
    suivis = Contrat.objects.suivis_par(request.user)
    filtre = ContratFilterSet(request.GET, queryset=suivis, request=request)
    filtre.exiger_valide()
    lisibles = Action.objects.lisibles_par(request.user)
    actions = lisibles.filter(contrat__in=filtre.qs.order_by().values("pk"))
    liste = Liste(actions, utilisateur=request.user, le=timezone.localdate())
    return FileResponse(
        liste.en(extension),
        as_attachment=True,
        filename=liste.nom(extension),
        content_type=TYPES[extension],
    )
