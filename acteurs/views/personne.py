"""La personne connectée, garantie par LoginRequiredMiddleware."""

from typing import cast

from django.http import HttpRequest

from acteurs.models import Utilisateur


def connectee(request: HttpRequest) -> Utilisateur:
    return cast("Utilisateur", request.user)
