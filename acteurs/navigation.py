"""La coque des pages de données : leur rail mène à des pages d’autres applications."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from acteurs.permissions import charge_des_donnees
from cls_platform.socle.navigation import Lien


def contexte_donnees(request: HttpRequest, *, suite: Sequence[Lien] = ()) -> dict[str, Any]:
    """Ce que toute page de données donne à son gabarit : rail, fil, droit de charger."""
    coque = import_string(settings.COQUE_DES_DONNEES)
    return {**coque(request, suite=suite), "peut_charger": charge_des_donnees(request.user)}
