"""Réparer la chaîne sur place : relier un besoin, une action, un indicateur ; écrire un besoin.

Chaque geste revient à la page d’où l’on vient, avec ses filtres.
"""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from acteurs.droits import Droit
from cls_platform.socle.erreurs import ErreurMetier
from contrats.models import Contrat, Objectif
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.views.edition import Edition, confirmer, editer
from contrats.views.portes import contrat_suivi, voir
from indicateurs.forms.chaine import (
    FormulaireBesoin,
    FormulaireBesoinChoisi,
    FormulaireBesoinModifie,
    FormulaireMesure,
    FormulaireReponse,
)
from indicateurs.histoire import histoire_de
from indicateurs.models import Besoin
from indicateurs.services import chaine as services
from indicateurs.services.liens import relier_indicateur
from indicateurs.views.chaine.page import adresse_de_la_chaine, filtres_gardes, page

SENS = ("monter", "descendre")


def _retour(request: HttpRequest, contrat: Any) -> str:
    return adresse_de_la_chaine(contrat, filtres_gardes(request.POST.get("retour", "")))


def _refuser(request: HttpRequest, contrat: Contrat, form: Any) -> HttpResponse:
    phrases = [str(phrase) for erreurs in form.errors.values() for phrase in erreurs]
    gardes = filtres_gardes(request.POST.get("retour", ""))
    return page(request, contrat, gardes, refus=" ".join(dict.fromkeys(phrases)))


def _besoin_modifiable(request: HttpRequest, pk: UUID) -> Besoin:
    suivis = Besoin.objects.suivis_par(request.user).select_related("contrat", "modifie_par")
    besoin = get_object_or_404(suivis, pk=pk)
    exiger(request.user, Droit.GERER_INDICATEURS, besoin.contrat)
    return besoin


@require_POST
def ajouter_besoin(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.GERER_INDICATEURS, contrat)
    form = FormulaireBesoin(request.POST, contrat=contrat)
    if form.is_valid():
        try:
            services.ajouter_besoin(contrat=contrat, valeurs=form.valeurs(), par=request.user)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            messages.success(request, "Le besoin est ajouté.")
            return voir(_retour(request, contrat.pk))
    gardes = filtres_gardes(request.POST.get("retour", ""))
    return page(request, contrat, gardes, form_besoin=form)


@require_http_methods(["GET", "HEAD", "POST"])
def besoin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Corriger un besoin, et cocher les objectifs qui y répondent."""
    objet = _besoin_modifiable(request, pk)
    edition = Edition(
        objet=objet,
        former=partial(FormulaireBesoinModifie, contrat=objet.contrat, objet=objet),
        ecrire=partial(services.modifier_besoin, besoin=objet),
        contexte=partial(_coque, request, objet),
        titre="Modifier le besoin",
        sujet=objet.libelle,
        retour=adresse_de_la_chaine(objet.contrat_id),
        gabarit="indicateurs/objet.html",
        retirer=reverse("indicateurs:besoin_retirer", args=[pk]),
    )
    return editer(request, edition)


def _coque(request: HttpRequest, objet: Besoin, *suite: Any) -> dict[str, Any]:
    contexte = contexte_espace(request, objet.contrat, "indicateurs", suite=suite)
    return contexte | {"evenements": histoire_de(objet, request.user, sauf=("contrat",))}


@require_http_methods(["GET", "HEAD", "POST"])
def retirer_besoin(request: HttpRequest, pk: UUID) -> HttpResponse:
    objet = _besoin_modifiable(request, pk)
    return confirmer(
        request,
        retirer=partial(services.retirer_besoin, besoin=objet),
        contexte=partial(_coque, request, objet),
        titre="Retirer le besoin",
        question=f"Retirer « {objet.libelle} »\u202f?",
        consequence="Les objectifs qui y répondent restent dans le plan.",
        apres=adresse_de_la_chaine(objet.contrat_id),
        retour=reverse("indicateurs:besoin", args=[pk]),
    )


@require_POST
def deplacer_besoin(request: HttpRequest, pk: UUID) -> HttpResponse:
    objet = _besoin_modifiable(request, pk)
    if request.POST.get("vers") in SENS:
        services.deplacer_besoin(besoin=objet, vers=request.POST["vers"], par=request.user)
    return voir(_retour(request, objet.contrat_id))


@require_POST
def relier_besoin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Un objectif répond à ce besoin, ou n’y répond plus (`geste` vaut « délier »)."""
    objet = _besoin_modifiable(request, pk)
    form = FormulaireReponse(request.POST, contrat=objet.contrat)
    if not form.is_valid():
        return _refuser(request, objet.contrat, form)
    delie = request.POST.get("geste") == "delier"
    ecrire = services.delier_besoin if delie else services.relier_besoin
    objectif = form.cleaned_data["objectif"]
    ecrire(besoin=objet, objectif=objectif, par=request.user)
    verbe = "ne répond plus" if delie else "répond"
    messages.success(request, f"«\u00a0{objectif}\u00a0» {verbe} à ce besoin.")
    return voir(_retour(request, objet.contrat_id))


@require_POST
def repondre(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Le même lien, pris par l’autre bout : le besoin auquel cet objectif répond."""
    suivis = Objectif.objects.suivis_par(request.user).select_related("contrat")
    objectif = get_object_or_404(suivis, pk=pk)
    exiger(request.user, Droit.GERER_INDICATEURS, objectif.contrat)
    form = FormulaireBesoinChoisi(request.POST, contrat=objectif.contrat)
    if not form.is_valid():
        return _refuser(request, objectif.contrat, form)
    choisi = form.cleaned_data["besoin"]
    services.relier_besoin(besoin=choisi, objectif=objectif, par=request.user)
    messages.success(request, f"«\u00a0{objectif}\u00a0» répond à «\u00a0{choisi}\u00a0».")
    return voir(_retour(request, objectif.contrat_id))


@require_POST
def mesurer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Un indicateur du contrat mesure une de ses actions."""
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.GERER_INDICATEURS, contrat)
    form = FormulaireMesure(request.POST, contrat=contrat, utilisateur=request.user)
    if not form.is_valid():
        return _refuser(request, contrat, form)
    action, indicateur = form.cleaned_data["action"], form.cleaned_data["indicateur"]
    relier_indicateur(indicateur=indicateur, action=action, par=request.user)
    messages.success(request, f"«\u00a0{indicateur}\u00a0» mesure «\u00a0{action}\u00a0».")
    return voir(_retour(request, contrat.pk))
