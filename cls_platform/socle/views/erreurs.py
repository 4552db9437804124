"""Pages d’erreur ; 500 et 503 se rendent sans base ni processeur de contexte."""

import sys

import structlog
from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from cls_platform.socle.api.problemes import est_appel_api, reference, reponse_probleme

journal = structlog.get_logger(__name__)

DELAI_AVANT_NOUVEL_ESSAI = "30"


def mauvaise_requete(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 400, "Cette demande n’a pas pu être comprise.")


def acces_refuse(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403, str(exception) if exception else "")


def introuvable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404, "Rien à cette adresse.")


def erreur_interne(request: HttpRequest) -> HttpResponse:
    """Django l’appelle pendant l’exception, de la vue comme d’un middleware qui lit la session."""
    erreur = sys.exception()
    if isinstance(erreur, OperationalError | InterfaceError):
        return base_indisponible(request, erreur)
    if est_appel_api(request):
        return reponse_probleme(
            request, statut=500, detail="Une erreur est survenue de notre côté.", code="erreur"
        )
    return HttpResponse(render_to_string("500.html", {"reference": reference(request)}), status=500)


def base_indisponible(request: HttpRequest, erreur: Exception) -> HttpResponse:
    """503 ; la personne n’est plus lue ensuite : elle vient de cette même base."""
    journal.error("base_indisponible", erreur=str(erreur).partition("\n")[0])
    request.user = AnonymousUser()
    if est_appel_api(request):
        reponse = reponse_probleme(
            request,
            statut=503,
            detail="Le service reprend dans un instant. Recommencez dans trente secondes.",
            code="indisponible",
        )
    else:
        reponse = HttpResponse(
            render_to_string("503.html", {"reference": reference(request)}), status=503
        )
    reponse["Retry-After"] = DELAI_AVANT_NOUVEL_ESSAI
    return reponse


def jeton_csrf_invalide(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", {"reference": reference(request)}, status=403)


def _page(request: HttpRequest, statut: int, raison: str) -> HttpResponse:
    if est_appel_api(request):
        return reponse_probleme(request, statut=statut, detail=raison, code="")
    return render(
        request,
        f"{statut}.html",
        {"raison": raison, "reference": reference(request)},
        status=statut,
    )
