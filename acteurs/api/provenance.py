"""Par quel moyen une écriture est arrivée : inscrit dans l’historique de l’objet."""

from typing import Any

from rest_framework.request import Request


def moyen(request: Request) -> str:
    jeton: Any = request.auth
    return f"api:{jeton.nom}" if jeton is not None else "api"
