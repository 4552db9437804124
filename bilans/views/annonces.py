"""Ce que le bilan d’avant annonçait, et ce que c’est devenu : lire, dire, corriger, retirer."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from acteurs.droits import Droit
from bilans.forms.annonces import FormulaireAnnonce, FormulaireDevenir, FormulaireDuTexte
from bilans.models import AnnonceBilan, Bilan
from bilans.services import annonces as services
from bilans.views.ecrire.portes import bilan_a_ecrire, titre_du_bilan
from cls_platform.socle.erreurs import DroitRefuse, ErreurMetier
from cls_platform.socle.historique import historique
from cls_platform.socle.navigation import Lien
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.views.edition import Edition, confirmer, editer
from contrats.views.portes import voir

TITRE, GABARIT = "Ce qui était annoncé", "bilans/annees/annonce.html"


def _contexte(request: HttpRequest, bilan: Bilan, *suite: Lien) -> dict[str, Any]:
    ici = Lien(TITRE, _page(bilan) if suite else "")
    etapes = [Lien(titre_du_bilan(bilan), reverse("bilans:bilan", args=[bilan.pk])), ici, *suite]
    return contexte_espace(request, bilan.contrat, "bilans", suite=etapes) | {"bilan": bilan}


def _page(bilan: Bilan) -> str:
    return reverse("bilans:annonces", args=[bilan.pk])


@require_safe
def annonces(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Contexte : bilan, annonces, avant (Bilan publié ou None), peut_ecrire, restent (nombre)."""
    suivis = Bilan.objects.suivis_par(request.user).select_related("contrat")
    bilan = get_object_or_404(suivis.defer("instantane", "technique"), pk=pk)
    contexte = _contexte(request, bilan)
    lignes = list(bilan.annonces.dans_l_ordre())
    contexte |= {
        "annonces": lignes,
        "avant": services.bilan_d_avant(bilan),
        "peut_ecrire": Droit.REDIGER_BILAN in contexte["droits"] and bilan.est_modifiable,
        "restent": sum(not ligne.devenir for ligne in lignes),
    }
    return render(request, "bilans/annees/annonces.html", contexte)


@require_POST
def reprendre(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tire les annonces du dernier bilan publié, quand le bilan a été ouvert avant lui."""
    bilan = bilan_a_ecrire(request, pk)
    try:
        services.tirer_les_annonces(bilan=bilan, par=request.user)
    except DroitRefuse:
        raise
    except ErreurMetier as refus:
        messages.error(request, refus.message)
    return voir(_page(bilan))


def _annonce(request: HttpRequest, pk: UUID) -> AnnonceBilan:
    """404 si la personne ne suit pas le contrat, 403 si elle n’écrit pas le bilan."""
    suivies = AnnonceBilan.objects.suivies_par(request.user)
    annonce = get_object_or_404(suivies, pk=pk)
    exiger(request.user, Droit.REDIGER_BILAN, annonce.bilan.contrat)
    return annonce


@require_http_methods(["GET", "HEAD", "POST"])
def ajouter(request: HttpRequest, pk: UUID) -> HttpResponse:
    bilan = bilan_a_ecrire(request, pk)
    edition = Edition(
        former=FormulaireAnnonce,
        ecrire=partial(services.ajouter_annonce, bilan=bilan),
        contexte=partial(_contexte, request, bilan),
        titre="Ajouter une annonce",
        sujet=titre_du_bilan(bilan),
        retour=_page(bilan),
    )
    return editer(request, edition)


@require_http_methods(["GET", "HEAD", "POST"])
def dire(request: HttpRequest, pk: UUID) -> HttpResponse:
    annonce = _annonce(request, pk)
    edition = Edition(
        objet=annonce,
        former=partial(FormulaireDevenir, objet=annonce),
        ecrire=partial(services.dire_le_devenir, annonce=annonce),
        contexte=partial(_contexte, request, annonce.bilan),
        titre="Ce que c’est devenu",
        sujet=f"«\u00a0{annonce.texte}\u00a0»",
        gabarit=GABARIT,
        retour=_page(annonce.bilan),
        suite=_a_sa_place,
        retirer=reverse("bilans:annonce_retirer", args=[annonce.pk]),
        fusionne=True,
    )
    return editer(request, edition)


@require_http_methods(["GET", "HEAD", "POST"])
def corriger(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Le texte seul, en place. Contexte de plus : redactions ((moment, qui, texte) d’avant…)."""
    annonce = _annonce(request, pk)
    edition = Edition(
        objet=annonce,
        former=partial(FormulaireDuTexte, objet=annonce),
        ecrire=partial(services.corriger_annonce, annonce=annonce),
        contexte=partial(_contexte, request, annonce.bilan),
        titre="Corriger l’annonce",
        sujet=titre_du_bilan(annonce.bilan),
        gabarit=GABARIT,
        retour=_page(annonce.bilan),
        suite=_a_sa_place,
        retirer=reverse("bilans:annonce_retirer", args=[annonce.pk]),
        fusionne=True,
        plus={"redactions": _redactions(annonce)},
    )
    return editer(request, edition)


def _a_sa_place(annonce: AnnonceBilan) -> str:
    return f"{_page(annonce.bilan)}#annonce-{annonce.pk}"


def _redactions(annonce: AnnonceBilan) -> list[tuple[datetime, str, str]]:
    """Ses textes d’avant, du plus récent au premier, chacun avec qui l’a remplacé et quand."""
    return [
        (geste.le, geste.qui, changement.avant)
        for geste in historique(annonce)
        for changement in geste.changements
        if changement.champ == "texte"
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def retirer(request: HttpRequest, pk: UUID) -> HttpResponse:
    annonce = _annonce(request, pk)
    return confirmer(
        request,
        retirer=partial(services.retirer_annonce, annonce=annonce, version=None),
        contexte=partial(_contexte, request, annonce.bilan),
        titre="Retirer l’annonce",
        question=f"Retirer «\u00a0{annonce.texte}\u00a0» de ce bilan\u202f?",
        consequence="Le bilan ne dira pas ce qu’elle est devenue. Une annonce que l’on ne tiendra "
        "pas peut aussi être dite abandonnée\u00a0: les habitants lisent pourquoi.",
        retour=_page(annonce.bilan),
    )
