"""L’histoire derrière la courbe : l’écrire, la reprendre, la supprimer, depuis la fiche."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, ObjetSupprime
from cls_platform.socle.historique import historique
from cls_platform.socle.navigation import Lien
from contrats.views.portes import recu, voir
from indicateurs.forms.recit import RecitForm, initiales_de
from indicateurs.models import Indicateur, Recit
from indicateurs.services.recits import (
    ecrire_recit,
    exiger_raconter,
    modifier_recit,
    supprimer_recit,
)
from indicateurs.views.portes import avec_version, contexte_indicateur, indicateur_suivi

ANCRE = "#recits"
TITRE = "L’histoire derrière la courbe"


def adresse_des_recits(indicateur: Indicateur) -> str:
    return reverse("indicateurs:fiche", args=[indicateur.pk]) + ANCRE


def recit_suivi(request: HttpRequest, pk: UUID) -> Recit:
    lus = Recit.objects.suivis_par(request.user).select_related("indicateur__contrat")
    return get_object_or_404(lus, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def ajouter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`?annee=2025` propose l’année ; sinon celle d’aujourd’hui."""
    indicateur = indicateur_suivi(request, pk)
    exiger_raconter(request.user, indicateur)
    form = RecitForm(recu(request), initial={"annee": _annee(request), "version": 0})
    if request.method == "POST" and form.is_valid():
        try:
            ecrire_recit(indicateur=indicateur, valeurs=form.valeurs(), par=request.user)
        except DonneesRefusees as erreur:
            form.reporter(erreur)
        else:
            messages.success(request, "C’est écrit. La fiche le montre sous la courbe.")
            return voir(adresse_des_recits(indicateur))
    return _page(request, indicateur, form, "Raconter une année")


def _annee(request: HttpRequest) -> int:
    demandee = request.GET.get("annee", "")
    return int(demandee) if demandee.isdecimal() else timezone.localdate().year


@require_http_methods(["GET", "HEAD", "POST"])
def modifier(request: HttpRequest, pk: UUID) -> HttpResponse:
    recit = recit_suivi(request, pk)
    exiger_raconter(request.user, recit.indicateur)
    form = RecitForm(recu(request), initial=initiales_de(recit))
    autre = None
    if request.method == "POST" and form.is_valid():
        try:
            modifier_recit(
                recit=recit,
                valeurs=form.valeurs(),
                version=form.cleaned_data["version"] or 0,
                par=request.user,
            )
        except ConflitVersion as erreur:
            autre = erreur.actuel
            form = RecitForm(avec_version(request, autre.version))
        except DonneesRefusees as erreur:
            form.reporter(erreur)
        else:
            messages.success(request, "C’est enregistré.")
            return voir(adresse_des_recits(recit.indicateur))
    return _page(request, recit.indicateur, form, f"Récit de {recit.annee}", recit, autre)


def _page(
    request: HttpRequest,
    indicateur: Indicateur,
    form: RecitForm,
    titre: str,
    recit: Recit | None = None,
    autre: Recit | None = None,
) -> HttpResponse:
    contexte: dict[str, Any] = contexte_indicateur(request, indicateur, Lien(titre)) | {
        "form": form,
        "titre": titre,
        "recit": recit,
        "autre": autre,
        "retour": adresse_des_recits(indicateur),
        "evenements": historique(recit, limite=8, sauf=("indicateur",)) if recit else [],
    }
    statut = 409 if autre else 422 if form.errors else 200
    return render(request, "indicateurs/recit.html", contexte, status=statut)


@require_http_methods(["GET", "HEAD", "POST"])
def supprimer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """La page demande confirmation ; un récit changé entre-temps se relit d’abord."""
    recit = recit_suivi(request, pk)
    exiger_raconter(request.user, recit.indicateur)
    retour = adresse_des_recits(recit.indicateur)
    change = False
    if request.method == "POST":
        try:
            supprimer_recit(recit=recit, version=_version(request), par=request.user)
        except ConflitVersion as erreur:
            recit, change = erreur.actuel, True
        except ObjetSupprime:
            return voir(retour)
        else:
            messages.success(request, f"Le récit de {recit.annee} est supprimé.")
            return voir(retour)
    titre = f"Supprimer le récit de {recit.annee}"
    contexte = contexte_indicateur(request, recit.indicateur, Lien(titre)) | {
        "titre": titre,
        "recit": recit,
        "change": change,
        "retour": retour,
    }
    statut = 409 if change else 200
    return render(request, "indicateurs/recit_supprimer.html", contexte, status=statut)


def _version(request: HttpRequest) -> int:
    lue = request.POST.get("version", "")
    return int(lue) if lue.isdecimal() else 0
