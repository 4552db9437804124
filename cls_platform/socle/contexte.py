from typing import Any

from django.conf import settings
from django.http import HttpRequest


def operateur(request: HttpRequest) -> dict[str, Any]:
    """L’identité de l’opérateur, la même sur toutes les pages."""
    return {
        "operateur_nom": settings.CLS_NOM_OPERATEUR,
        "operateur_logo": settings.CLS_LOGO,
        "operateur_courriel": settings.CLS_COURRIEL_CONTACT,
        "est_site_demonstration": settings.DEMO_AUTORISEE,
    }
