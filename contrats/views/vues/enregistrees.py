"""Garder une vue du plan, la renommer, la partager, la supprimer."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from acteurs.droits import Droit
from cls_platform.socle.erreurs import DonneesRefusees
from cls_platform.socle.navigation import Lien
from contrats.forms.vue import FormulaireVue
from contrats.models import Contrat, VueEnregistree
from contrats.navigation import contexte_espace
from contrats.permissions import peut
from contrats.services.vues import enregistrer_vue, exiger_la_sienne, modifier_vue, supprimer_vue
from contrats.views.portes import contrat_suivi, recu, voir


@require_GET
def vues(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    contexte = _contexte(request, contrat, "Vues enregistrées")
    contexte["vues"] = VueEnregistree.objects.du_plan(contrat, request.user)
    return render(request, "contrats/vues/enregistrees.html", contexte)


@require_http_methods(["GET", "POST"])
def ajouter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """L’adresse à garder est celle du plan, portée par cette page."""
    contrat = contrat_suivi(request, pk)
    parametres = request.GET.copy()
    parametres.pop("page", None)
    form = FormulaireVue(
        recu(request), peut_partager=peut(request.user, Droit.MODIFIER_PLAN, contrat)
    )
    if request.method == "POST" and form.is_valid():
        try:
            vue = enregistrer_vue(
                contrat=contrat,
                valeurs=form.valeurs(),
                parametres=parametres.urlencode(),
                par=request.user,
            )
        except DonneesRefusees as erreur:
            form.reporter(erreur)
        else:
            return voir(f"{reverse('contrats:plan', args=[pk])}?{vue.parametres}")
    return _formulaire(request, contrat, form, "Enregistrer cette vue")


@require_http_methods(["GET", "POST"])
def modifier(request: HttpRequest, pk: UUID) -> HttpResponse:
    vue = _lisible(request, pk)
    exiger_la_sienne(vue, request.user)
    form = FormulaireVue(
        recu(request),
        peut_partager=peut(request.user, Droit.MODIFIER_PLAN, vue.contrat),
        initial={"nom": vue.nom, "est_partagee": vue.est_partagee},
    )
    if request.method == "POST" and form.is_valid():
        try:
            modifier_vue(vue=vue, valeurs=form.valeurs(), par=request.user)
        except DonneesRefusees as erreur:
            form.reporter(erreur)
        else:
            return voir(reverse("contrats:vues", args=[vue.contrat_id]))
    return _formulaire(request, vue.contrat, form, "Renommer ou partager la vue")


@require_http_methods(["GET", "POST"])
def supprimer(request: HttpRequest, pk: UUID) -> HttpResponse:
    vue = _lisible(request, pk)
    exiger_la_sienne(vue, request.user)
    if request.method == "POST":
        supprimer_vue(vue=vue, par=request.user)
        return voir(reverse("contrats:vues", args=[vue.contrat_id]))
    contexte = _contexte(request, vue.contrat, "Supprimer la vue") | {
        "titre": "Supprimer la vue",
        "question": f"Supprimer la vue «\u00a0{vue.nom}\u00a0» ?",
        "consequence": "Les fiches ne changent pas ; seul ce raccourci disparaît.",
        "geste": "Supprimer la vue",
        "retour": reverse("contrats:vues", args=[vue.contrat_id]),
    }
    return render(request, "contrats/confirmation.html", contexte)


def _lisible(request: HttpRequest, pk: UUID) -> VueEnregistree:
    """La sienne ou une vue partagée ; celle-ci se lit, mais son propriétaire seul la change."""
    lisibles = VueEnregistree.objects.lisibles_par(request.user).select_related("contrat__region")
    return get_object_or_404(lisibles, pk=pk)


def _contexte(request: HttpRequest, contrat: Contrat, titre: str) -> dict[str, Any]:
    return contexte_espace(request, contrat, "plan", suite=[Lien(titre)]) | {
        "adresse_du_plan": reverse("contrats:plan", args=[contrat.pk])
    }


def _formulaire(
    request: HttpRequest, contrat: Contrat, form: FormulaireVue, titre: str
) -> HttpResponse:
    contexte = _contexte(request, contrat, titre) | {
        "form": form,
        "titre": titre,
        "retour": reverse("contrats:plan", args=[contrat.pk]),
    }
    return render(request, "contrats/formulaire.html", contexte, status=422 if form.errors else 200)
