"""Un lien donné : où il en est, le relancer, le copier, le renouveler, le révoquer."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from acteurs.droits import Droit
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.navigation import Lien
from cls_platform.socle.transport import envoyer
from contrats.models import LienContribution
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.services import liens_contribution as service
from contrats.views.portes import voir
from indicateurs.contribution.affichage import fiches_du_lien
from indicateurs.contribution.demande import FormulaireDuree
from indicateurs.views.contributions.reception import TITRE

TACHE = "contrats.envoyer_lien"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lien(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Un secret n’est montré que dans la réponse au geste qui le crée."""
    suivis = LienContribution.objects.suivis_par(request.user).select_related("travail")
    donne = get_object_or_404(suivis, pk=pk)
    exiger(request.user, Droit.MODIFIER_PLAN, donne.contrat)
    if request.method != "POST":
        return _page(request, donne)
    form = FormulaireDuree(request.POST)
    geste = request.POST.get("geste", "")
    try:
        if geste == "copier":
            return _page(request, donne, secret=service.ajouter_cle(lien=donne, par=request.user))
        if geste == "renouveler" and form.is_valid():
            jours = form.cleaned_data["jours"]
            secret = service.renouveler(lien=donne, jours=jours, par=request.user)
            return _page(request, suivis.get(pk=pk), secret=secret)
        if geste in GESTES:
            messages.success(request, GESTES[geste](request, donne))
            return voir(reverse("indicateurs:lien", args=[pk]))
    except ErreurMetier as erreur:
        return _page(request, donne, refus=erreur.message)
    return _page(request, donne, refus="Choisissez ce qu’il faut faire de ce lien.", form=form)


def _relancer(request: HttpRequest, donne: LienContribution) -> str:
    travail = service.relancer(lien=donne, par=request.user)
    if not envoyer(TACHE, travail.pk):
        return "La relance est notée. Elle partira dès que le service aura repris."
    return f"La relance part à {donne.courriel}."


def _revoquer(request: HttpRequest, donne: LienContribution) -> str:
    service.revoquer(lien=donne, par=request.user)
    return "Ce lien ne vaut plus rien. Ce qui a été envoyé reste à traiter."


GESTES = {"relancer": _relancer, "revoquer": _revoquer}


def adresse_publique(donne: LienContribution, secret: str) -> str:
    chemin = reverse("indicateurs:partenaire", args=[donne.contrat.slug, secret])
    return settings.ADRESSE_PUBLIQUE + chemin


def _page(
    request: HttpRequest,
    donne: LienContribution,
    *,
    secret: str = "",
    refus: str = "",
    form: FormulaireDuree | None = None,
) -> HttpResponse:
    liste = reverse("indicateurs:contributions", args=[donne.contrat_id])
    suite = [Lien(TITRE, liste), Lien(str(donne))]
    contexte: dict[str, Any] = contexte_espace(request, donne.contrat, "plan", suite=suite)
    contexte |= {
        "donne": donne,
        "fiches": fiches_du_lien(donne.contributions.ouvertes().pour_liste()),
        "adresse": adresse_publique(donne, secret) if secret else "",
        "refus": refus,
        "form": form or FormulaireDuree(),
        "demandes": donne.demandes,
    }
    return render(request, "indicateurs/lien.html", contexte, status=422 if refus else 200)
