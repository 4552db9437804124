"""Les actions que tout le monde peut lire : par thème, par lieu, une par une."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from bilans.models import Reaction
from cls_platform.socle.page_publique import page_publique
from contrats.filters import ActionFilterSet
from contrats.models import Action, Theme

ACTIONS_PAR_PAGE = 20


@page_publique
def liste(request: HttpRequest) -> HttpResponse:
    """Les mêmes filtres que l’API, sur les seules actions publiques.

    Contexte : page (Page d’Action), filtre (ActionFilterSet), est_filtre, themes (avec `nombre`).
    """
    le = timezone.localdate()
    publiques = Action.objects.publiees()
    filtre = ActionFilterSet(
        request.GET,
        queryset=publiques.pour_le_public(le).recentes_du_public(),
        request=request,
        le=le,
        par=AnonymousUser(),
    )
    filtre.exiger_valide()
    page = Paginator(filtre.qs, ACTIONS_PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "page": page,
        "filtre": filtre,
        "est_filtre": bool(filtre.actifs),
        "themes": Theme.objects.actives().comptes_dans(publiques),
    }
    return render(request, "bilans/public/actions.html", contexte)


@page_publique
def fiche(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Contexte : action (avec contrat, thèmes, statut_affiche), reactions (publiées)."""
    publiques = Action.objects.publiees().pour_le_public(timezone.localdate())
    action = get_object_or_404(publiques, pk=pk)
    reactions = Reaction.objects.publiees().filter(action=action)
    contexte = {"action": action, "contrat": action.contrat, "reactions": list(reactions)}
    return render(request, "bilans/public/action.html", contexte)
