"""Les erreurs que toute page rend de la même façon ; la connexion, exigée partout ailleurs."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string

from cls_platform.socle.api.problemes import est_appel_api, reference, reponse_probleme
from cls_platform.socle.erreurs import DroitRefuse, ErreurMetier
from cls_platform.socle.typographie import taille_fichier

Suite = Callable[[HttpRequest], HttpResponse]


class limite_d_envoi:  # noqa: N801  (nommé comme une fonction dans les réglages)
    """413 pour un envoi trop lourd, d’après son en-tête : pas un octet n’en est lu.

    Avant la protection CSRF, qui lit le corps. Pour WSGI, un envoi sans longueur annoncée est vide.
    Limite : ENVOI_MAX, en octets.
    """

    def __init__(self, suite: Suite) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        annonce = request.META.get("CONTENT_LENGTH") or "0"
        if not annonce.isdigit() or int(annonce) <= settings.ENVOI_MAX:
            return self.suite(request)
        limite = taille_fichier(settings.ENVOI_MAX)
        raison = f"Cet envoi est trop lourd\u00a0: {limite} au plus. Réduisez le fichier."
        if est_appel_api(request):
            return reponse_probleme(request, statut=413, detail=raison, code="envoi_trop_lourd")
        page = render_to_string("413.html", {"raison": raison, "reference": reference(request)})
        return HttpResponse(page, status=413)


class erreurs_metier:  # noqa: N801  (nommé comme une fonction dans les réglages, classe pour process_exception)
    """Un droit refusé donne une page 403 qui dit pourquoi ; une règle non tenue, une page 400."""

    def __init__(self, suite: Suite) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.suite(request)

    def process_exception(self, request: HttpRequest, erreur: Exception) -> HttpResponse | None:
        if not isinstance(erreur, ErreurMetier):
            return None
        statut = 403 if isinstance(erreur, DroitRefuse) else 400
        if est_appel_api(request):
            return reponse_probleme(request, statut=statut, detail=erreur.message, code=erreur.code)
        return render(request, f"{statut}.html", {"raison": erreur.message}, status=statut)


class ConnexionExigee(LoginRequiredMiddleware):
    """Celui de Django, sans lire la session d’une page ouverte à tous.

    La lire écrirait « Vary: Cookie » : aucun relais ne garderait la page.
    """

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
