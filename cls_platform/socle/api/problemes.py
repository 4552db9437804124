"""RFC 9457 : toute erreur de l’API est un `application/problem+json`."""

from typing import Any
from uuid import uuid4

import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions, status
from rest_framework.views import set_rollback

from cls_platform.socle.api.rendu import en_json
from cls_platform.socle.erreurs import (
    ConflitVersion,
    DonneesRefusees,
    DroitRefuse,
    ErreurMetier,
)

TITRES = {
    400: "Demande mal formée",
    401: "Identification nécessaire",
    403: "Droit insuffisant",
    404: "Introuvable",
    405: "Méthode non permise",
    406: "Format non disponible",
    409: "Conflit",
    412: "Version dépassée",
    413: "Corps trop grand",
    415: "Type de contenu non accepté",
    428: "Version attendue",
    429: "Trop de demandes",
    500: "Erreur interne",
    503: "Service indisponible",
}


DETAILS: dict[type[exceptions.APIException], str] = {
    exceptions.NotAuthenticated: (
        "Écrire demande de s’identifier\u00a0: employez un jeton de l’API, créé dans votre compte."
    ),
    exceptions.NotAcceptable: "Seul le JSON est disponible\u00a0: demandez application/json.",
    exceptions.UnsupportedMediaType: "Envoyez du JSON, avec Content-Type: application/json.",
    exceptions.Throttled: "Trop de demandes. Retry-After dit combien de secondes attendre.",
}


class DejaLa(exceptions.APIException):
    """Il y a déjà un objet à cette place (409) ; la réponse le montre."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "deja_la"

    def __init__(self, message: str, *, actuel: Any) -> None:
        super().__init__(message)
        self.actuel = actuel


def est_appel_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def reference(request: HttpRequest) -> str:
    """Le numéro que la personne peut citer ; celui que portent aussi les journaux."""
    contexte = structlog.contextvars.get_contextvars()
    return str(contexte.get("request_id") or uuid4())


def corps(
    request: HttpRequest,
    *,
    statut: int,
    detail: str,
    code: str,
    erreurs: list[dict[str, str]] | None = None,
) -> dict[str, Any]:
    probleme: dict[str, Any] = {
        "type": f"urn:cls:probleme:{code}" if code else "about:blank",
        "title": TITRES.get(statut, "Erreur"),
        "status": statut,
        "detail": detail,
        "request_id": reference(request),
    }
    if erreurs:
        probleme["errors"] = erreurs
    return probleme


def reponse_probleme(
    request: HttpRequest,
    *,
    statut: int,
    detail: str,
    code: str,
    erreurs: list[dict[str, str]] | None = None,
    actuel: dict[str, Any] | None = None,
) -> HttpResponse:
    contenu = corps(request, statut=statut, detail=detail, code=code, erreurs=erreurs)
    if actuel is not None:
        contenu["actuel"] = actuel
    return HttpResponse(en_json(contenu), status=statut, content_type="application/problem+json")


def en_probleme(erreur: Exception, contexte: dict[str, Any]) -> HttpResponse | None:
    """Gestionnaire d’exceptions de DRF ; rend None pour une vraie panne : 500, ou 503 sans base."""
    request = contexte["request"]
    if isinstance(erreur, Http404):
        erreur = exceptions.NotFound("Rien à cette adresse, ou rien que vous puissiez voir.")
    elif isinstance(erreur, PermissionDenied):
        erreur = exceptions.PermissionDenied()
    if isinstance(erreur, ErreurMetier):
        reponse = _du_metier(request, erreur, _actuel(contexte["view"], erreur))
    elif isinstance(erreur, exceptions.APIException):
        reponse = _de_drf(request, erreur, _actuel(contexte["view"], erreur))
    else:
        return None
    set_rollback()
    return reponse


def _actuel(vue: Any, erreur: Exception) -> dict[str, Any] | None:
    """L’objet tel qu’il est en base, comme l’appelant le lirait maintenant."""
    objet = getattr(erreur, "actuel", None)
    if objet is None or not hasattr(vue, "lire_un"):
        return None
    return vue.corps(vue.lire_un(objet.pk))


def _du_metier(
    request: HttpRequest, erreur: ErreurMetier, actuel: dict[str, Any] | None
) -> HttpResponse:
    statuts = {DroitRefuse: 403, ConflitVersion: 412, DonneesRefusees: 400}
    erreurs = [
        {"pointer": _pointeur(champ), "code": erreur.code, "message": texte}
        for champ, textes in erreur.champs.items()
        for texte in textes
    ]
    return reponse_probleme(
        request,
        statut=statuts.get(type(erreur), 409),
        detail=erreur.message,
        code=erreur.code,
        erreurs=erreurs,
        actuel=actuel,
    )


def _pointeur(champ: str) -> str:
    return "" if champ == "__all__" else f"/{champ}"


def _de_drf(
    request: HttpRequest, erreur: exceptions.APIException, actuel: dict[str, Any] | None
) -> HttpResponse:
    code = erreur.get_codes() if not isinstance(erreur, exceptions.ValidationError) else "invalide"
    detail = (
        "Certains champs sont à corriger."
        if isinstance(erreur, exceptions.ValidationError)
        else DETAILS.get(type(erreur), str(erreur.detail))
    )
    reponse = reponse_probleme(
        request,
        statut=erreur.status_code,
        detail=detail,
        code=str(code),
        erreurs=list(_par_champ(erreur.get_full_details(), ""))
        if isinstance(erreur, exceptions.ValidationError)
        else None,
        actuel=actuel,
    )
    if attente := getattr(erreur, "wait", None):
        reponse["Retry-After"] = str(int(attente) + 1)
    if erreur.status_code == status.HTTP_401_UNAUTHORIZED:
        reponse["WWW-Authenticate"] = getattr(erreur, "auth_header", "Bearer")
    return reponse


def _par_champ(details: Any, pointeur: str) -> Any:
    """Déroule l’arbre d’erreurs de DRF en pointeurs JSON (RFC 6901)."""
    if isinstance(details, dict) and "message" in details and "code" in details:
        yield {
            "pointer": pointeur,
            "code": str(details["code"]),
            "message": str(details["message"]),
        }
    elif isinstance(details, dict):
        for nom, suite in details.items():
            racine = pointeur if nom == "non_field_errors" else f"{pointeur}/{nom}"
            yield from _par_champ(suite, racine)
    elif isinstance(details, list):
        for suite in details:
            yield from _par_champ(suite, pointeur)
