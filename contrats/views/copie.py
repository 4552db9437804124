"""Dupliquer une fiche, une branche ; reprendre le plan d’un autre contrat."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from acteurs.droits import Droit
from cls_platform.socle import typographie
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.models import Travail
from cls_platform.socle.navigation import Lien
from cls_platform.socle.transport import envoyer
from contrats import fiche
from contrats.copie import Apercu, Options
from contrats.forms.copie import (
    FormulaireDuplication,
    FormulaireOptions,
    FormulaireReprise,
    FormulaireSource,
)
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import exiger, peut
from contrats.services import copie_plan as service
from contrats.views.portes import action_suivie, contrat_suivi, en_place, recu, voir
from contrats.views.vues.organiser import element

TACHE = "contrats.copier"
DUPLIQUER = {"axe": "Dupliquer l’axe", "objectif": "Dupliquer l’objectif"}
RESTE_A_FAIRE = "La demande est notée. La copie se fera dès que le service aura repris."


# Une fiche ---------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def action_dupliquer(request: HttpRequest, pk: UUID) -> HttpResponse:
    objet = action_suivie(request, pk)
    contrat = objet.contrat
    exiger(request.user, Droit.MODIFIER_PLAN, contrat)
    ici = f"objectif-{objet.objectif_id}" if objet.objectif_id else f"axe-{objet.axe_id}"
    initial = {
        "titre": f"{objet.titre[:240]} (copie)",
        "ou": ici if objet.axe_id or objet.objectif_id else service.SANS_AXE,
    }
    form = FormulaireDuplication(
        recu(request), contrat=contrat, sans=_sans(request, contrat), initial=initial
    )
    if request.method == "POST" and form.is_valid():
        axe, objectif = form.lieu()
        try:
            copie = service.dupliquer_fiche(
                action=objet,
                titre=form.cleaned_data["titre"],
                axe=axe,
                objectif=objectif,
                options=form.options(),
                par=request.user,
            )
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            messages.success(request, "Voici la copie. Elle n’est pas encore visible du public.")
            return voir(reverse("contrats:action", args=[copie.pk]))
    retour = reverse("contrats:action", args=[pk])
    suite = [Lien(fiche.nom_court(objet), retour), Lien("Dupliquer")]
    contexte = contexte_espace(request, contrat, "plan", suite=suite) | {
        "form": form,
        "titre": "Dupliquer la fiche",
        "sujet": f"Une fiche de plus sera créée d’après «\u00a0{objet}\u00a0», qui ne change pas.",
        "geste": "Créer la copie",
        "retour": retour,
    }
    return render(request, "contrats/formulaire.html", contexte, status=422 if form.errors else 200)


def _sans(request: HttpRequest, source: Contrat, *, ailleurs: bool = False) -> frozenset[str]:
    """Ce que la personne ne voit pas, ou qui ne sort pas de son contrat."""
    sans = {"indicateurs"} if ailleurs else set()
    if not peut(request.user, Droit.VOIR_BUDGET, source):
        sans.add("budget")
    return frozenset(sans)


# Une branche -------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def niveau_dupliquer(request: HttpRequest, genre: str, pk: UUID) -> HttpResponse:
    if genre not in DUPLIQUER:
        raise Http404
    niveau = element(request, genre, pk)
    contrat = niveau.contrat
    morceau = service.morceau_de(niveau, request.user)
    form = FormulaireOptions(recu(request), sans=_sans(request, contrat))
    if request.method == "POST" and form.is_valid():
        try:
            return _dupliquer(request, niveau, genre, form.options(), len(morceau.actions))
        except ErreurMetier as erreur:
            form.reporter(erreur)
    cree = service.apercu(morceau, contrat, Options())
    retour = reverse("contrats:organiser", args=[contrat.pk])
    suite = [Lien("Organiser", retour), Lien("Dupliquer")]
    contexte = contexte_espace(request, contrat, "plan", suite=suite) | {
        "form": form,
        "titre": DUPLIQUER[genre],
        "sujet": f"{niveau}. Seront créés\u00a0: {en_mots(cree)}. Rien n’est écrasé.",
        "geste": "Créer la copie",
        "retour": retour,
    }
    return render(request, "contrats/formulaire.html", contexte, status=422 if form.errors else 200)


def _dupliquer(
    request: HttpRequest, niveau: Any, genre: str, options: Options, fiches: int
) -> HttpResponse:
    if fiches > service.FICHES_EN_DIRECT:
        return _en_fond(request, niveau.contrat, genre, niveau.pk, [], options)
    cle = service.dupliquer_branche(niveau=niveau, options=options, par=request.user)
    messages.success(request, "La copie est à côté de l’original.")
    return voir(f"{reverse('contrats:organiser', args=[niveau.contrat_id])}#{genre}-{cle}")


def en_mots(cree: Apercu) -> str:
    """« 1 axe, 3 objectifs, 8 fiches »."""
    comptes = ((cree.axes, "axe"), (cree.objectifs, "objectif"), (cree.fiches, "fiche"))
    return ", ".join(typographie.pluriel(n, mot) for n, mot in comptes if n) or "rien"


# Un plan -----------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def plan_reprendre(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choisir le contrat, puis ses axes, relire ce qui sera créé, confirmer."""
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_PLAN, contrat)
    donnees = request.POST if request.method == "POST" else request.GET
    sources = Contrat.objects.suivis_par(request.user).exclude(pk=pk).tries()
    choix = FormulaireSource(
        donnees if "source" in donnees or request.method == "POST" else None,
        sources=sources,
        initial={"source": contrat.contrat_precedent_id},
    )
    if not (choix.is_bound and choix.is_valid()):
        return _page(request, contrat, choix=choix, a_choisir=sources.exists())
    source = choix.cleaned_data["source"]
    relu = "axes" in donnees or "apercu" in donnees or request.method == "POST"
    form = FormulaireReprise(
        donnees if relu else None, source=source, sans=_sans(request, source, ailleurs=True)
    )
    if not (form.is_bound and form.is_valid()) or "apercu" not in donnees:
        return _page(request, contrat, source=source, form=form)
    morceau = service.morceau_du_plan(source, form.cleaned_data["axes"], request.user)
    cree = service.apercu(morceau, contrat, form.options())
    if request.method == "POST":
        try:
            return _reprendre(request, contrat, source, form, cree)
        except ErreurMetier as erreur:
            form.reporter(erreur)
            return _page(request, contrat, source=source, form=form)
    return _relire(request, contrat, source, cree)


def _page(request: HttpRequest, contrat: Contrat, **contenu: Any) -> HttpResponse:
    form = contenu.get("form") or contenu.get("choix")
    contexte = contexte_espace(request, contrat, "plan", suite=[Lien("Reprendre un plan")]) | {
        "form": form,
        "source": contenu.get("source"),
        "a_choisir": contenu.get("a_choisir", True),
        "retour": reverse("contrats:plan", args=[contrat.pk]),
    }
    statut = 422 if form and form.errors else 200
    return render(request, "contrats/copie/reprendre.html", contexte, status=statut)


def _relire(request: HttpRequest, contrat: Contrat, source: Contrat, cree: Apercu) -> HttpResponse:
    revoir = request.GET.copy()
    revoir.pop("apercu")
    caches = [(nom, v) for nom, valeurs in request.GET.lists() for v in valeurs]
    contexte = contexte_espace(request, contrat, "plan", suite=[Lien("Reprendre un plan")]) | {
        "source": source,
        "apercu": cree,
        "en_mots": en_mots(cree),
        "caches": caches,
        "revoir": f"{request.path}?{revoir.urlencode()}",
        "en_fond": cree.fiches > service.FICHES_EN_DIRECT,
    }
    return render(request, "contrats/copie/apercu.html", contexte)


def _reprendre(
    request: HttpRequest, contrat: Contrat, source: Contrat, form: FormulaireReprise, cree: Apercu
) -> HttpResponse:
    axes, options = form.cleaned_data["axes"], form.options()
    if cree.fiches > service.FICHES_EN_DIRECT:
        return _en_fond(request, contrat, "plan", source.pk, axes, options)
    service.reprendre_plan(
        source=source, contrat=contrat, axes=axes, options=options, par=request.user
    )
    messages.success(request, f"Ajouté au plan\u00a0: {en_mots(cree)}.")
    return voir(reverse("contrats:plan", args=[contrat.pk]))


# En arrière-plan ---------------------------------------------------------------------------------


def _en_fond(
    request: HttpRequest, contrat: Contrat, quoi: str, cle: UUID, axes: list[str], options: Options
) -> HttpResponse:
    travail = service.demander_copie(
        contrat=contrat, quoi=quoi, cle=cle, axes=axes, options=options, par=request.user
    )
    if not envoyer(TACHE, travail.pk):
        messages.warning(request, RESTE_A_FAIRE)
    return voir(reverse("contrats:copie", args=[travail.pk]))


@require_GET
def copie(request: HttpRequest, pk: UUID) -> HttpResponse:
    """L’avancement d’une copie ; en fragment, il se rafraîchit, puis la page se recharge."""
    travail = get_object_or_404(Travail, pk=pk, genre=service.GENRE)
    contrat = contrat_suivi(request, travail.cible_id)
    exiger(request.user, Droit.MODIFIER_PLAN, contrat)
    if en_place(request):
        reponse = render(request, "contrats/copie/fragments/_travail.html", {"travail": travail})
        if travail.est_fini:
            reponse["HX-Refresh"] = "true"
        return reponse
    contexte = contexte_espace(request, contrat, "plan", suite=[Lien("Copie en cours")])
    return render(request, "contrats/copie/travail.html", contexte | {"travail": travail})
