"""Les listes sont rendues page par page : `page` à partir de 1, `page_size` de 1 à 200."""

from typing import Any

from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

TAILLE = 50
TAILLE_MAX = 200
CHIFFRES_MAX = 9
PARAMETRES_DE_PAGE = ("page", "page_size")


class PaginationParPage(PageNumberPagination):
    """`count`, `next`, `previous`, `results`, et l’en-tête `Link` (RFC 8288).

    Une valeur mal écrite donne 400 ; une page bien écrite au-delà de la dernière, 404.
    """

    page_size = TAILLE
    max_page_size = TAILLE_MAX
    page_size_query_param = "page_size"
    page_query_description = "Numéro de la page, à partir de 1."
    page_size_query_description = f"Éléments par page, {TAILLE} par défaut, {TAILLE_MAX} au plus."
    invalid_page_message = "La page {page_number} n’existe pas."

    def get_page_number(self, request: Request, paginator: Any) -> int:
        return entier(request, "page", defaut=1, maximum=10**CHIFFRES_MAX)

    def get_page_size(self, request: Request) -> int:
        return entier(request, "page_size", defaut=TAILLE, maximum=TAILLE_MAX)

    def get_paginated_response(self, data: Any) -> Response:
        reponse = super().get_paginated_response(data)
        reponse["Link"] = ", ".join(f'<{url}>; rel="{rel}"' for rel, url in self._liens(reponse))
        return reponse

    def _liens(self, reponse: Response) -> list[tuple[str, str]]:
        ici = self.request.build_absolute_uri()  # type: ignore[union-attr]  # posés par DRF avant l’appel
        derniere = self.page.paginator.num_pages  # type: ignore[union-attr]  # posés par DRF avant l’appel
        liens = [
            ("first", remove_query_param(ici, "page")),
            ("prev", reponse.data["previous"]),
            ("next", reponse.data["next"]),
            ("last", replace_query_param(ici, "page", derniere)),
        ]
        return [(rel, url) for rel, url in liens if url]

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        parametres = super().get_schema_operation_parameters(view)
        for parametre in parametres:
            parametre["schema"]["minimum"] = 1
            if parametre["name"] == "page_size":
                parametre["schema"] |= {"maximum": TAILLE_MAX, "default": TAILLE}
        return parametres


def entier(request: Request, nom: str, *, defaut: int, maximum: int) -> int:
    """Lève ValidationError (400) si la valeur n’est pas un entier de 1 à `maximum`."""
    brut = request.query_params.get(nom)
    if brut is None:
        return defaut
    if brut.isascii() and brut.isdigit() and len(brut) <= CHIFFRES_MAX:
        valeur = int(brut)
        if 1 <= valeur <= maximum:
            return valeur
    message = f"Donnez un nombre entier de 1 à {maximum}."
    raise ValidationError({nom: [ErrorDetail(message, code="hors_bornes")]})
