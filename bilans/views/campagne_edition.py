"""Ouvrir une campagne pour une région ou un contrat, la modifier, la prolonger, la retirer."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from acteurs.droits import Droit
from acteurs.models import Region
from bilans.campagne.droits import exiger_mener, exiger_mener_la_region
from bilans.campagne.fenetres import annees_a_ouvrir
from bilans.campagne.presentation import adresse_de_la
from bilans.forms.campagne import FormulaireCampagne, FormulaireOuverture, FormulaireProlongation
from bilans.models import Campagne
from bilans.models.campagne import RAPPELS_PAR_DEFAUT
from bilans.services import campagne as service
from bilans.views.campagne import TITRE, campagne_suivie, coque_de_region
from cls_platform.socle.navigation import Lien
from cls_platform.socle.typographie import date_longue
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.views.edition import Edition, confirmer, editer
from contrats.views.portes import contrat_suivi

OUVRIR = "Ouvrir la campagne"
DUREE_MINIMALE, DUREE_PROPOSEE = timedelta(days=45), timedelta(days=90)


def _annees() -> list[int]:
    return annees_a_ouvrir(timezone.localdate())


def _depart(prises: set[int]) -> dict[str, Any]:
    """Ouverte aujourd’hui, remise au 31 mars qui suit l’année, sinon dans trois mois."""
    annee = next((annee for annee in _annees() if annee not in prises), _annees()[0])
    ouvre_le = max(timezone.localdate(), date(annee, 1, 1))
    remise_le = date(annee + 1, 3, 31)
    if remise_le - ouvre_le < DUREE_MINIMALE:
        remise_le = ouvre_le + DUREE_PROPOSEE
    rappels = list(RAPPELS_PAR_DEFAUT)
    return {"annee": annee, "ouvre_le": ouvre_le, "remise_le": remise_le, "rappels": rappels}


def _ouverture(
    request: HttpRequest, *, ecrire: Any, contexte: Any, sujet: str, retour: str, prises: set[int]
) -> HttpResponse:
    def suite(ouverte: Campagne) -> str:
        messages.success(request, f"La campagne des bilans {ouverte.annee} est ouverte.")
        return adresse_de_la(ouverte) if ouverte.region_id else retour

    edition = Edition(
        former=partial(FormulaireOuverture, annees=_annees(), initial=_depart(prises)),
        ecrire=ecrire,
        contexte=contexte,
        titre="Ouvrir une campagne de bilans",
        sujet=sujet,
        geste=OUVRIR,
        retour=retour,
        suite=suite,
        gabarit="bilans/campagne/ecrire.html",
    )
    return editer(request, edition)


def _prises(campagnes: Any) -> set[int]:
    return set(campagnes.values_list("annee", flat=True))


@require_http_methods(["GET", "POST"])
def ouvrir_pour_la_region(request: HttpRequest, code: str) -> HttpResponse:
    region = get_object_or_404(Region, pk=code)
    exiger_mener_la_region(request.user, code)
    retour = reverse("bilans:campagnes", args=[code])
    return _ouverture(
        request,
        ecrire=partial(service.ouvrir_campagne_regionale, region=region),
        contexte=partial(coque_de_region, request, region, Lien(TITRE, retour)),
        sujet=f"Tous les contrats signés, {region.nom}",
        retour=retour,
        prises=_prises(Campagne.objects.de_la_region(code)),
    )


@require_http_methods(["GET", "POST"])
def ouvrir_pour_le_contrat(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MENER_CAMPAGNE, contrat)
    return _ouverture(
        request,
        ecrire=partial(service.ouvrir_campagne_du_contrat, contrat=contrat),
        contexte=partial(_coque_du_contrat, request, contrat),
        sujet=f"{contrat.nom} : ses dates l’emporteront sur celles de la région",
        retour=reverse("bilans:bilans", args=[pk]),
        prises=_prises(contrat.campagnes.all()),
    )


def _coque_du_contrat(request: HttpRequest, contrat: Contrat, *suite: Lien) -> dict[str, Any]:
    return contexte_espace(request, contrat, "bilans", suite=suite)


# Une campagne ouverte --------------------------------------------------------------------------


def _coque(request: HttpRequest, lue: Campagne) -> Callable[..., dict[str, Any]]:
    if lue.contrat is not None:
        return partial(_coque_du_contrat, request, lue.contrat)
    region: Any = lue.region
    racine = Lien(f"{TITRE} {lue.annee}", adresse_de_la(lue))
    return partial(coque_de_region, request, region, racine)


def _retour(lue: Campagne) -> str:
    if lue.contrat_id:
        return reverse("bilans:bilans", args=[lue.contrat_id])
    return adresse_de_la(lue)


def _a_mener(request: HttpRequest, pk: UUID) -> Campagne:
    lue = campagne_suivie(request, pk)
    exiger_mener(request.user, lue)
    return lue


def _sujet(lue: Campagne) -> str:
    return f"{lue}, {lue.contrat or lue.region}"


@require_http_methods(["GET", "POST"])
def modifier(request: HttpRequest, pk: UUID) -> HttpResponse:
    lue = _a_mener(request, pk)
    edition = Edition(
        objet=lue,
        former=partial(FormulaireCampagne, objet=lue),
        ecrire=partial(service.modifier_campagne, campagne=lue),
        contexte=_coque(request, lue),
        titre="Modifier la campagne",
        sujet=_sujet(lue),
        retour=_retour(lue),
        retirer=reverse("bilans:campagne_retirer", args=[pk]),
        fusionne=True,
        gabarit="bilans/campagne/ecrire.html",
    )
    return editer(request, edition)


@require_http_methods(["GET", "POST"])
def prolonger(request: HttpRequest, pk: UUID) -> HttpResponse:
    lue = _a_mener(request, pk)

    def ecrire(*, valeurs: Mapping[str, Any], version: int, par: Any) -> Campagne:
        return service.prolonger_campagne(
            campagne=lue, remise_le=valeurs["remise_le"], version=version, par=par
        )

    def suite(prolongee: Campagne) -> str:
        messages.success(request, f"Remise repoussée au {date_longue(prolongee.remise_le)}.")
        return _retour(lue)

    edition = Edition(
        objet=lue,
        former=partial(FormulaireProlongation, objet=lue),
        ecrire=ecrire,
        contexte=_coque(request, lue),
        titre="Prolonger la campagne",
        sujet=_sujet(lue),
        geste="Prolonger",
        retour=_retour(lue),
        suite=suite,
        gabarit="bilans/campagne/ecrire.html",
    )
    return editer(request, edition)


@require_http_methods(["GET", "POST"])
def retirer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Une page demande confirmation ; une campagne qui a rappelé ne se retire plus."""
    lue = _a_mener(request, pk)
    apres = reverse("bilans:campagnes", args=[lue.region_id]) if lue.region_id else _retour(lue)
    return confirmer(
        request,
        retirer=partial(service.retirer_campagne, campagne=lue, version=None),
        contexte=_coque(request, lue),
        titre="Retirer la campagne",
        question=f"Retirer la campagne des bilans {lue.annee}\u202f?",
        consequence="Ses dates et son message disparaissent. Les bilans restent tels quels.",
        retour=_retour(lue),
        apres=apres,
    )
