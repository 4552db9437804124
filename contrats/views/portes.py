"""Les portes de lecture de l’espace : ce que la personne ne suit pas n’existe pas (404)."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from contrats.models import Action, Contrat


class HttpResponseVoirAilleurs(HttpResponseRedirect):
    """303 : le geste est fait, la suite se lit à cette adresse."""

    status_code = 303


def voir(adresse: str) -> HttpResponse:
    return HttpResponseVoirAilleurs(adresse)


def recu(request: HttpRequest) -> QueryDict | None:
    """Ce qui a été envoyé, même vide : un formulaire envoyé vide est refusé, pas ignoré."""
    return request.POST if request.method == "POST" else None


def contrat_suivi(request: HttpRequest, pk: UUID, *lies: str) -> Contrat:
    """`lies` : les objets liés que la page montre, lus avec le contrat."""
    suivis = Contrat.objects.suivis_par(request.user)
    return get_object_or_404(suivis.select_related(*lies) if lies else suivis, pk=pk)


def action_suivie(request: HttpRequest, pk: UUID) -> Action:
    """L’action, son contrat, son statut du jour et son avancement."""
    actions: Any = Action.objects.suivis_par(request.user)
    actions = actions.pour_fiche(timezone.localdate())
    return get_object_or_404(actions, pk=pk)


class RequeteHtmx(HttpRequest):
    """Ce que l’intergiciel de htmx ajoute à toute requête."""

    htmx: HtmxDetails


def htmx(request: HttpRequest) -> HtmxDetails:
    return cast("RequeteHtmx", request).htmx


def en_place(request: HttpRequest) -> bool:
    """La réponse remplace un morceau de la page ; sinon, c’est une page entière."""
    return bool(htmx(request))


def page_d_origine(request: HttpRequest) -> str:
    """Le nom de la page d’où vient une demande htmx ; vide pour une page entière."""
    origine = htmx(request).current_url_abs_path
    if not origine:
        return ""
    try:
        return resolve(origine.partition("?")[0]).url_name or ""
    except Resolver404:
        return ""


def filtres_d_origine(request: HttpRequest) -> QueryDict:
    """Les filtres de la page du plan d’où vient la demande htmx."""
    return QueryDict((htmx(request).current_url_abs_path or "").partition("?")[2])
