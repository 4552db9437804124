"""Le périmètre : les communes du contrat, leurs entrées et leurs sorties."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from acteurs.droits import Droit
from cls_platform.socle import typographie
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.navigation import Lien
from contrats import territoires
from contrats.carte_page import carte_de_contrat
from contrats.forms.perimetre import FormulaireEntree, FormulaireSortie
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.services.perimetre import ajouter_communes, retirer_communes
from contrats.views.portes import contrat_suivi, en_place, recu, voir


@require_GET
def perimetre(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    return _page(request, contrat, _sortie_vierge())


def _sortie_vierge() -> FormulaireSortie:
    return FormulaireSortie(initial={"date_sortie": timezone.localdate()}, auto_id="sortie-%s")


def _page(
    request: HttpRequest, contrat: Contrat, form: FormulaireSortie, statut: int = 200
) -> HttpResponse:
    contexte = contexte_espace(request, contrat, "perimetre")
    lignes = list(contrat.perimetres.pour_liste())
    ouvertes = [ligne for ligne in lignes if ligne["date_sortie"] is None]
    contexte |= {
        "groupes": territoires.par_intercommunalite(ouvertes),
        "mouvements": territoires.mouvements(lignes),
        "form": form,
        "cochees": form["communes"].value() or [],
        "peut_modifier": Droit.MODIFIER_CONTRAT in contexte["droits"],
        "carte": carte_de_contrat(
            str(contrat.pk),
            contrat.nom,
            le=timezone.localdate(),
            chemin=reverse("contrats:perimetre", args=[contrat.pk]),
            parametres=request.GET,
        ),
    }
    return render(request, "contrats/perimetre.html", contexte, status=statut)


@require_http_methods(["GET", "POST"])
def ajouter(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_CONTRAT, contrat)
    form = FormulaireEntree(
        recu(request),
        initial={"date_entree": contrat.date_debut or timezone.localdate()},
        auto_id="entree-%s",
    )
    if request.method == "POST" and form.is_valid():
        try:
            nombre = ajouter_communes(
                contrat=contrat,
                communes=form.communes_choisies(),
                date_entree=form.cleaned_data["date_entree"],
                epci=form.cleaned_data["epci"],
                par=request.user,
            )
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            messages.success(request, _dire_entrees(nombre))
            return voir(reverse("contrats:perimetre", args=[pk]))
    return _page_d_ajout(request, contrat, form)


def _dire_entrees(nombre: int) -> str:
    if not nombre:
        return "Ces communes étaient déjà dans le contrat."
    return f"{typographie.pluriel(nombre, 'commune')} dans le contrat de plus."


def _page_d_ajout(request: HttpRequest, contrat: Contrat, form: FormulaireEntree) -> HttpResponse:
    recherche = request.POST.get("recherche") or request.GET.get("recherche", "")
    contexte: dict[str, Any] = {
        "contrat": contrat,
        "recherche": recherche,
        "trouves": territoires.chercher(recherche, contrat),
        "form": form,
        "cochees": form["communes"].value() or [],
        "retour": reverse("contrats:perimetre", args=[contrat.pk]),
    }
    statut = 422 if form.errors else 200
    if en_place(request):
        return render(request, "contrats/fragments/_territoires.html", contexte, status=statut)
    suite = [Lien("Ajouter des communes")]
    contexte |= contexte_espace(request, contrat, "perimetre", suite=suite)
    return render(request, "contrats/perimetre_ajout.html", contexte, status=statut)


@require_POST
def retirer(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_CONTRAT, contrat)
    form = FormulaireSortie(request.POST, auto_id="sortie-%s")
    if form.is_valid():
        try:
            nombre = retirer_communes(
                contrat=contrat,
                communes=[commune.pk for commune in form.cleaned_data["communes"]],
                date_sortie=form.cleaned_data["date_sortie"],
                par=request.user,
            )
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            messages.success(request, f"{typographie.pluriel(nombre, 'commune')} hors du contrat.")
            return voir(reverse("contrats:perimetre", args=[pk]))
    return _page(request, contrat, form, statut=422)
