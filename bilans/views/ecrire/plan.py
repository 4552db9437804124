"""L’ordre et la présence des parties du bilan."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bilans.ecriture.parties import Partie, sommaire
from bilans.forms.ecrire import PresenceForm, SensForm
from bilans.services import sommaire as services
from bilans.views.ecrire.portes import bilan_a_ecrire, contexte_ecrire, partie_a_ecrire
from cls_platform.socle.erreurs import DroitRefuse, ErreurMetier
from cls_platform.socle.navigation import Lien
from contrats.views.portes import voir

TITRE = "Ordre et présence des parties"


@require_safe
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`?bouge=` : la partie que l’on vient de déplacer, qui reçoit le focus."""
    bilan = bilan_a_ecrire(request, pk)
    contexte = contexte_ecrire(request, bilan, Lien(TITRE))
    entrees = sommaire(bilan)
    contexte |= {
        "titre": TITRE,
        "sommaire": [entree for entree in entrees if not entree.partie.est_des_elus],
        "des_elus": [entree for entree in entrees if entree.partie.est_des_elus],
        "bouge": request.GET.get("bouge", ""),
        "vers": request.GET.get("vers", ""),
    }
    return render(request, "bilans/ecrire/plan.html", contexte)


@require_POST
def deplacer(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    partie = partie_a_ecrire(request, pk, code)
    form = SensForm(request.POST)
    if not form.is_valid():
        raise ErreurMetier("Choisissez «\u00a0Monter\u00a0» ou «\u00a0Descendre\u00a0».")
    vers = form.cleaned_data["vers"]
    if partie.section:
        services.deplacer_section(section=partie.section, vers=vers, par=request.user)
    elif partie.volet:
        services.deplacer_volet(bilan=partie.bilan, volet=partie.volet, vers=vers, par=request.user)
    return voir(_retour(partie, vers))


@require_POST
def presence(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """Le refus d’une règle se lit sur la page, pas sur une page d’erreur."""
    partie = partie_a_ecrire(request, pk, code)
    form = PresenceForm(request.POST)
    if not form.is_valid():
        raise ErreurMetier("Choisissez si cette partie paraît ou non.")
    parait = form.cleaned_data["parait"] == "oui"
    try:
        _montrer(partie, parait, request)
    except DroitRefuse:
        raise
    except ErreurMetier as refus:
        messages.error(request, refus.message)
    return voir(_retour(partie, "presence"))


def _montrer(partie: Partie, parait: bool, request: HttpRequest) -> None:  # noqa: FBT001  (valeur lue du formulaire)
    if partie.section:
        services.montrer_section(section=partie.section, est_presente=parait, par=request.user)
    elif partie.volet:
        services.montrer_volet(
            bilan=partie.bilan, volet=partie.volet, est_present=parait, par=request.user
        )


def _retour(partie: Partie, vers: str) -> str:
    """Sans ancre : le navigateur préférerait l’ancre au focus demandé."""
    adresse = reverse("bilans:ecrire_plan", args=[partie.bilan.pk])
    return f"{adresse}?bouge={partie.code}&vers={vers}"
