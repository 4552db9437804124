"""L’effet attendu d’une action sur un indicateur."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from acteurs.droits import Droit
from cls_platform.socle.historique import historique
from contrats.models import Action
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.views.edition import Edition, confirmer, editer
from indicateurs.forms.chaine import FormulaireEffet
from indicateurs.models import Effet, Indicateur
from indicateurs.services.effets import decrire_effet, retirer_effet
from indicateurs.views.chaine.page import adresse_de_la_chaine


def _lien(request: HttpRequest, pk: UUID, indicateur: UUID) -> tuple[Action, Indicateur]:
    """L’action lisible et l’indicateur qui la mesure ; 404 sinon."""
    action = get_object_or_404(
        Action.objects.suivis_par(request.user).select_related("contrat"), pk=pk
    )
    exiger(request.user, Droit.GERER_INDICATEURS, action.contrat)
    return action, get_object_or_404(action.indicateurs.select_related("contrat"), pk=indicateur)


def _effet(action: Action, indicateur: Indicateur) -> Effet | None:
    effets = Effet.objects.filter(action=action, indicateur=indicateur)
    return effets.select_related("modifie_par").first()


@require_http_methods(["GET", "HEAD", "POST"])
def effet(request: HttpRequest, pk: UUID, indicateur: UUID) -> HttpResponse:
    action, mesure = _lien(request, pk, indicateur)
    existant = _effet(action, mesure)
    objet = existant or Effet(action=action, indicateur=mesure)
    edition = Edition(
        objet=objet,
        former=partial(FormulaireEffet, objet=objet),
        ecrire=partial(decrire_effet, action=action, indicateur=mesure),
        contexte=partial(_coque, request, action, existant),
        titre="Effet attendu",
        sujet=f"{action} → {mesure}",
        retour=adresse_de_la_chaine(action.contrat_id),
        gabarit="indicateurs/objet.html",
        retirer=_retrait(pk, indicateur) if existant else "",
    )
    return editer(request, edition)


def _retrait(action: UUID, indicateur: UUID) -> str:
    return reverse("indicateurs:effet_retirer", args=[action, indicateur])


def _coque(
    request: HttpRequest, action: Action, existant: Effet | None, *suite: Any
) -> dict[str, Any]:
    contexte = contexte_espace(request, action.contrat, "indicateurs", suite=suite)
    sauf = ("action", "indicateur")
    return contexte | {"evenements": historique(existant, limite=8, sauf=sauf) if existant else []}


@require_http_methods(["GET", "HEAD", "POST"])
def retirer(request: HttpRequest, pk: UUID, indicateur: UUID) -> HttpResponse:
    action, mesure = _lien(request, pk, indicateur)
    objet = _effet(action, mesure)
    if objet is None:
        raise Http404
    return confirmer(
        request,
        retirer=partial(retirer_effet, effet=objet),
        contexte=partial(_coque, request, action, objet),
        titre="Retirer l’effet",
        question=f"Retirer l’effet attendu de « {action} »\u202f?",
        consequence="L’indicateur continue de mesurer l’action.",
        apres=adresse_de_la_chaine(action.contrat_id),
        retour=reverse("indicateurs:effet", args=[pk, indicateur]),
    )
