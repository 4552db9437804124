"""Les erreurs que toute page rend de la même façon."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cls_platform.socle.api.problemes import est_appel_api, reponse_probleme
from cls_platform.socle.erreurs import DroitRefuse, ErreurMetier

Suite = Callable[[HttpRequest], HttpResponse]


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
