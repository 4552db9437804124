"""Les étapes d’une action : ajouter, modifier, terminer, abandonner, ranger, retirer."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from acteurs.droits import Droit
from cls_platform.socle import typographie
from cls_platform.socle.erreurs import ConflitVersion
from contrats import etapes
from contrats.adresses import adresse_du_suivi
from contrats.forms.jalon import FormulaireGeste, FormulaireJalon
from contrats.models import Jalon
from contrats.permissions import exiger_sur_action
from contrats.services import jalons as service
from contrats.views.edition import Edition, confirmer, editer
from contrats.views.edition_suivi import Place, contexte_de_page, editer_en_place
from contrats.views.portes import action_suivie, voir

ENTRE_TEMPS = "Cette étape a changé entre-temps. Voici où elle en est."


def jalon_suivi(request: HttpRequest, pk: UUID) -> Jalon:
    suivis = Jalon.objects.suivis_par(request.user)
    return get_object_or_404(suivis.select_related("pilote", "modifie_par"), pk=pk)


@require_http_methods(["GET", "POST"])
def jalon_ajouter(request: HttpRequest, pk: UUID) -> HttpResponse:
    action = action_suivie(request, pk)
    exiger_sur_action(request.user, Droit.MODIFIER_PLAN, action)
    retour = f"{adresse_du_suivi(pk)}#etapes"
    edition = Edition(
        former=partial(FormulaireJalon, contrat=action.contrat),
        ecrire=partial(service.ajouter_jalon, action=action),
        contexte=partial(contexte_de_page, request, action),
        titre="Ajouter une étape",
        sujet=str(action),
        retour=retour,
    )
    return editer(request, edition)


@require_http_methods(["GET", "POST"])
def jalon_modifier(request: HttpRequest, pk: UUID) -> HttpResponse:
    """En place avec htmx, sur une page à elle sinon."""
    objet = jalon_suivi(request, pk)
    exiger_sur_action(request.user, Droit.MODIFIER_PLAN, objet.action)

    def repos(ecrit: str) -> HttpResponse:
        a_jour = jalon_suivi(request, pk)
        affichee = etapes.etape(a_jour, a_jour.action, timezone.localdate())
        heure = typographie.heure(timezone.localtime()) if ecrit else ""
        contexte = {"etape": affichee, "peut_modifier": True, "enregistre": heure}
        return render(request, "contrats/fragments/_etape.html", contexte)

    edition = Edition(
        objet=objet,
        former=partial(
            FormulaireJalon,
            contrat=objet.action.contrat,
            objet=objet,
            auto_id=f"etape-{objet.pk}-%s",
        ),
        ecrire=partial(service.modifier_jalon, jalon=objet),
        contexte=partial(contexte_de_page, request, objet.action),
        titre="Modifier l’étape",
        sujet=str(objet.action),
        retour=f"{adresse_du_suivi(objet.action_id)}#etape-{pk}",
        fusionne=True,
    )
    return editer_en_place(request, edition, Place(f"etape-{pk}", repos))


@require_POST
def jalon(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Un bouton de l’étape ; la version vient de la page."""
    etape = jalon_suivi(request, pk)
    form = FormulaireGeste(request.POST)
    if not form.is_valid():
        raise BadRequest("Cette étape n’a pas été comprise. Rechargez la fiche.")
    try:
        _geste(request, etape, form.cleaned_data["geste"], form.cleaned_data["version"])
    except ConflitVersion:
        messages.warning(request, ENTRE_TEMPS)
    if form.cleaned_data["vue"] == "fiche":
        return voir(reverse("contrats:action", args=[etape.action_id]) + "#etapes")
    return voir(f"{adresse_du_suivi(etape.action_id)}#etapes")


def _geste(request: HttpRequest, etape: Jalon, geste: str, version: int) -> None:
    commun: dict[str, Any] = {"jalon": etape, "version": version, "par": request.user}
    if geste in {"monter", "descendre"}:
        service.deplacer_jalon(de=-1 if geste == "monter" else 1, **commun)
    elif geste == "terminer":
        service.terminer_jalon(le=timezone.localdate(), **commun)
        _dire_la_suite(request, etape)
    elif geste == "abandonner":
        service.abandonner_jalon(**commun)
    else:
        service.rouvrir_jalon(**commun)


def _dire_la_suite(request: HttpRequest, etape: Jalon) -> None:
    prochaine = service.suivante(etape, etape.action) if etape.est_annuel else None
    if prochaine:
        quand = typographie.date_longue(prochaine)
        messages.success(request, f"Étape terminée. Celle de l’an prochain est prévue le {quand}.")


@require_http_methods(["GET", "POST"])
def jalon_supprimer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Une page demande confirmation : aucun effacement sur un seul clic."""
    objet = jalon_suivi(request, pk)
    exiger_sur_action(request.user, Droit.MODIFIER_PLAN, objet.action)
    return confirmer(
        request,
        retirer=partial(service.supprimer_jalon, jalon=objet, version=None),
        contexte=partial(contexte_de_page, request, objet.action),
        titre="Retirer l’étape",
        question=f"Retirer l’étape «\u00a0{objet.libelle}\u00a0»\u202f?",
        consequence="L’avancement de la fiche est recalculé sans elle. Pour en garder la trace "
        "dans la liste, abandonnez-la plutôt.",
        retour=f"{adresse_du_suivi(objet.action_id)}#etapes",
    )
