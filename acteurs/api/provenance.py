"""Par quel moyen une écriture est arrivée : inscrit dans l’historique de l’objet."""

from rest_framework.request import Request


def moyen(request: Request) -> str:
    return f"api:{request.auth.nom}" if request.auth is not None else "api"
