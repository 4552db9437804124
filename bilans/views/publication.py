"""Publier un bilan après l’avoir contrôlé, le corriger par une nouvelle édition, le retirer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from acteurs.droits import Droit
from bilans.controles import controles
from bilans.forms.publication import PublierForm, RetirerForm
from bilans.models import Bilan
from bilans.parution import avancement
from bilans.services import annonce_bilan, publication
from bilans.services.ouverture import ouvrir_bilan
from bilans.views.bilan import bilan_suivi, coque
from cls_platform.socle.erreurs import DonneesRefusees, DroitRefuse, ErreurMetier
from cls_platform.socle.navigation import Lien
from cls_platform.socle.typographie import pluriel
from contrats.permissions import exiger
from contrats.views.portes import recu, voir


@require_http_methods(["GET", "HEAD", "POST"])
def publier(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ce qui empêche, ce qui se confirme, puis le geste ; un refus revient avec sa raison."""
    bilan = bilan_suivi(request, pk)
    exiger(request.user, Droit.PUBLIER_BILAN, bilan.contrat)
    if not bilan.est_modifiable:
        messages.info(request, "Ce bilan est déjà publié, ou remplacé.")
        return redirect("bilans:bilan", pk=pk)
    form = PublierForm(recu(request), est_une_correction=bilan.est_une_correction)
    if request.method == "POST" and form.is_valid():
        try:
            publication.publier(bilan=bilan, **form.cleaned_data, par=request.user)
        except DroitRefuse:
            raise
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            messages.success(request, "Le bilan est public. Son adresse ne changera plus.")
            return voir(reverse("bilans:bilan", args=[pk]))
    contexte = coque(request, bilan, Lien("Publier")) | _controles(bilan) | {"form": form}
    statut = 422 if form.errors else 200
    return render(request, "bilans/publication/publier.html", contexte, status=statut)


def _controles(bilan: Bilan) -> dict[str, Any]:
    trouves = controles(bilan)
    return {
        "bloquants": [controle for controle in trouves if controle.bloque],
        "avertissements": [controle for controle in trouves if not controle.bloque],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def retirer(request: HttpRequest, pk: UUID) -> HttpResponse:
    bilan = bilan_suivi(request, pk)
    exiger(request.user, Droit.PUBLIER_BILAN, bilan.contrat)
    form = RetirerForm(recu(request))
    if request.method == "POST" and form.is_valid():
        try:
            publication.retirer(bilan=bilan, **form.valeurs(), par=request.user)
        except DonneesRefusees as erreur:
            form.reporter(erreur)
        else:
            messages.success(request, "Le bilan n’est plus sur le site public. Il est gardé ici.")
            return voir(reverse("bilans:bilan", args=[pk]))
    contexte = coque(request, bilan, Lien("Retirer")) | {"form": form}
    statut = 422 if form.errors else 200
    return render(request, "bilans/publication/retirer.html", contexte, status=statut)


@never_cache
@require_safe
def parution(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Le fragment qui dit où en est l’annonce aux abonnés."""
    bilan = bilan_suivi(request, pk)
    exiger(request.user, Droit.PUBLIER_BILAN, bilan.contrat)
    contexte = {"bilan": bilan, "parution": avancement(bilan, timezone.now())}
    return render(request, "bilans/publication/fragments/_parution.html", contexte)


@require_POST
def reessayer(request: HttpRequest, pk: UUID) -> HttpResponse:
    bilan = bilan_suivi(request, pk)
    try:
        remis = annonce_bilan.reessayer_les_refus(bilan=bilan, par=request.user)
    except DroitRefuse:
        raise
    except ErreurMetier as erreur:
        messages.error(request, erreur.message)
    else:
        messages.success(request, f"{pluriel(remis, 'courriel')} de nouveau à envoyer.")
    return voir(reverse("bilans:bilan", args=[pk]))


@require_POST
def corriger(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Une nouvelle édition, qui reprend tout de la précédente ; celle-ci reste en ligne."""
    bilan = bilan_suivi(request, pk)
    try:
        neuf = ouvrir_bilan(contrat=bilan.contrat, annee=bilan.annee, par=request.user)
    except DonneesRefusees as erreur:
        messages.error(request, erreur.message)
        return redirect("bilans:bilan", pk=pk)
    messages.success(request, "La correction est ouverte. L’édition publiée reste en ligne.")
    return voir(reverse("bilans:bilan", args=[neuf.pk]))
