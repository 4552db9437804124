"""Le budget d’un plan : par axe, par financeur, par année, qui finance quoi, et les écarts."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from acteurs.droits import Droit
from cls_platform.socle.navigation import Entree
from contrats import budget_plan
from contrats.adresses import adresse_avec
from contrats.argent import MontantBudget, MontantFinancement
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.views.portes import contrat_suivi

MOT_DU_BUDGET = {MontantBudget.PREVU: "Prévu", MontantBudget.REALISE: "Réalisé"}
MOT_DU_FINANCEMENT = {
    MontantFinancement.DEMANDE: "Demandé",
    MontantFinancement.ACCORDE: "Accordé",
    MontantFinancement.VERSE: "Versé",
}


class Choix(forms.Form):
    """Ce que dit l’adresse : une année, quel montant du budget, quel montant des financements."""

    annee = forms.IntegerField(required=False, min_value=2000, max_value=2100)
    budget = forms.ChoiceField(required=False, choices=list(MOT_DU_BUDGET.items()))
    financements = forms.ChoiceField(required=False, choices=list(MOT_DU_FINANCEMENT.items()))


@require_GET
def budget(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat, choix = _contrat(request, pk), _choix(request)
    comptes = budget_plan.comptes_du_plan(contrat, choix["annee"])
    prevu = choix["budget"] or MontantBudget.PREVU
    accorde = choix["financements"] or MontantFinancement.ACCORDE
    contexte = contexte_espace(request, contrat, "budget") | {
        "annee": choix["annee"],
        "annees": _annees(request, comptes.annees, choix["annee"]),
        "budgets": _bascule(request, "budget", MOT_DU_BUDGET, prevu),
        "financements": _bascule(request, "financements", MOT_DU_FINANCEMENT, accorde),
        "mot_du_budget": MOT_DU_BUDGET[MontantBudget(prevu)].lower(),
        "mot_du_financement": MOT_DU_FINANCEMENT[MontantFinancement(accorde)].lower(),
        "est_vide": not comptes.depenses and not comptes.apports,
        "tableaux": budget_plan.tableaux(comptes, prevu, accorde),
        "croise": budget_plan.qui_finance_quoi(comptes, accorde),
        "images": budget_plan.images(comptes, accorde),
        "ecarts": budget_plan.ecarts_du_plan(contrat, request.user, choix["annee"]),
        "parametres": request.GET.urlencode(),
    }
    return render(request, "contrats/budget_plan.html", contexte)


@require_GET
def telecharger(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat, choix = _contrat(request, pk), _choix(request)
    comptes = budget_plan.comptes_du_plan(contrat, choix["annee"])
    suffixe = f"-{choix['annee']}" if choix["annee"] else ""
    return HttpResponse(
        budget_plan.en_csv(comptes),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="budget-{contrat.slug}{suffixe}.csv"'
        },
    )


def _contrat(request: HttpRequest, pk: UUID) -> Contrat:
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.VOIR_BUDGET, contrat)
    return contrat


def _choix(request: HttpRequest) -> dict[str, Any]:
    """Lève BadRequest (400) : une adresse mal écrite ne montre pas d’autres chiffres."""
    form = Choix(request.GET)
    if not form.is_valid():
        nom, erreurs = next(iter(form.errors.items()))
        raise BadRequest(f"Le choix «\u00a0{nom}\u00a0» n’a pas été compris. {erreurs[0]}")
    return form.cleaned_data


def _annees(request: HttpRequest, annees: list[int], choisie: int | None) -> list[Entree]:
    """Toutes, puis chacune ; celle de l’adresse reste proposée même sans montant."""
    proposees = sorted({*annees, choisie} - {None})  # type: ignore[type-var]  # None est retiré
    return [_entree(request, "annee", "Toutes les années", None, est_courante=choisie is None)] + [
        _entree(request, "annee", str(annee), str(annee), est_courante=annee == choisie)
        for annee in proposees
    ]


def _bascule(request: HttpRequest, nom: str, mots: dict[Any, str], choisi: str) -> list[Entree]:
    return [
        _entree(request, nom, mot, code.value, est_courante=code == choisi)
        for code, mot in mots.items()
    ]


def _entree(
    request: HttpRequest, nom: str, libelle: str, valeur: str | None, *, est_courante: bool
) -> Entree:
    adresse = adresse_avec(request.path, request.GET, {nom: valeur})
    return Entree(libelle, adresse, est_courante=est_courante)
