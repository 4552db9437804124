"""Ce qu’un appelant peut demander, avant même de regarder l’objet.

L’objet se protège ailleurs : `visibles_par` pour lire (404), `exiger` dans le service (403).
"""

from typing import Any

from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from acteurs.models import Portee


class LectureOuvertePorteeExigee(BasePermission):
    """Lire est ouvert à tous ; écrire demande un compte (401) ; un jeton porte sa portée (403).

    La vue qui écrit dit sa portée dans `portee_ecriture`. Une méthode que la vue n’a pas passe :
    elle recevra 405, pas 401.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        if getattr(view, "action", "") is None:
            return True
        lecture = request.method in SAFE_METHODS
        if request.auth is not None:
            portee = Portee.LECTURE if lecture else getattr(view, "portee_ecriture", None)
            exiger_portee(request, portee)
        return lecture or bool(request.user.is_authenticated)


def exiger_portee(request: Request, portee: Portee | None) -> None:
    jeton: Any = request.auth
    if portee is not None and portee not in jeton.portees:
        raise PermissionDenied(
            f"Ce jeton n’a pas la portée {portee.value} («\u00a0{portee.label}\u00a0»). "
            "Créez un jeton qui la porte dans votre compte.",
            code="portee_manquante",
        )
