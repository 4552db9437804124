from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cls_platform.socle import feuilles, theme

UN_AN = 31_536_000
TYPE_CSS = "text/css; charset=utf-8"


@login_not_required
@require_safe
@cache_control(public=True, max_age=UN_AN, immutable=True)
def feuille_de_theme(request: HttpRequest) -> HttpResponse:
    """Les jetons dérivés de l’accent ; l’adresse porte leur empreinte (`?v=`)."""
    return HttpResponse(theme.feuille(settings.CLS_ACCENT), content_type=TYPE_CSS)


@login_not_required
@require_safe
@cache_control(public=True, max_age=UN_AN, immutable=True)
def feuille_du_site_public(request: HttpRequest) -> HttpResponse:
    """Toutes les feuilles du site public ; l’adresse porte leur empreinte (`?v=`)."""
    return HttpResponse(feuilles.feuille_publique(), content_type=TYPE_CSS)
