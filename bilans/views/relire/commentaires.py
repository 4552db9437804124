"""Les fils d’une partie : écrire, répondre, clore, rouvrir, corriger ou retirer le sien."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bilans.forms.relire import CommentaireForm, EtatCommentaireForm, FormulaireCommentaire
from bilans.models import Bilan, CommentaireBilan
from bilans.relecture import ancres
from bilans.relecture.adresses import ou_corriger, ou_lire
from bilans.relecture.ancres import Ancre
from bilans.relecture.fils import fils_du_bilan
from bilans.relecture.noms import noms_des_ancres
from bilans.services import commentaires as services
from bilans.views.relire.portes import (
    RELIRE,
    bilan_a_relire,
    commentaire_lu,
    contexte_relecture,
    coque,
    retour_permis,
)
from cls_platform.socle.erreurs import DroitRefuse, ErreurMetier
from cls_platform.socle.navigation import Lien
from contrats.permissions import droits_sur
from contrats.views.edition import Edition, confirmer, editer
from contrats.views.portes import en_place, voir


@require_http_methods(["GET", "HEAD", "POST"])
def commentaires(request: HttpRequest, pk: UUID) -> HttpResponse:
    """GET : les fils d’une partie, en page ou en fragment. POST : un fil de plus."""
    bilan = bilan_a_relire(request, pk)
    ancre = _ancre(request)
    if request.method != "POST":
        return _montrer(request, bilan, ancre, CommentaireForm(initial=_initiales(request, ancre)))
    form = CommentaireForm(request.POST)
    geste = partial(services.commenter, bilan=bilan, ancre=str(ancre), par=request.user)
    return _ecrire(request, bilan, ancre, form, geste)


@require_safe
def commentaires_section(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """Les fils d’une partie que l’on écrit, nommée par l’éditeur : « EDITO », « volet-<axe> »."""
    bilan = bilan_a_relire(request, pk)
    genre, _, axe = code.partition("-")
    ancre = _lire(f"volet:{axe}" if genre.lower() == ancres.Genre.VOLET else f"section:{code}")
    retour = ou_corriger(bilan, ancre)
    if en_place(request):
        return _fragment(request, bilan, ancre, retour)
    form = CommentaireForm(initial={"ancre": str(ancre), "suite": retour})
    return _montrer(request, bilan, ancre, form)


@require_POST
def repondre(request: HttpRequest, pk: UUID) -> HttpResponse:
    fil = commentaire_lu(request, pk)
    ancre = ancres.lire(fil.ancre)
    form = CommentaireForm(request.POST)
    geste = partial(services.repondre, fil=fil, par=request.user)
    return _ecrire(request, fil.bilan, ancre, form, geste)


@require_POST
def changer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Clore un fil, ou le rouvrir."""
    fil = commentaire_lu(request, pk)
    form = EtatCommentaireForm(request.POST)
    if not form.is_valid():
        raise BadRequest("Ce geste n’a pas été compris. Rechargez la page.")
    gestes = {"clore": services.clore, "rouvrir": services.rouvrir}
    try:
        gestes[form.cleaned_data["geste"]](fil=fil, par=request.user)
    except DroitRefuse:
        raise
    except ErreurMetier as erreur:
        messages.error(request, erreur.message)
    return _suite(request, fil.bilan, ancres.lire(fil.ancre), form.cleaned_data["suite"])


@require_http_methods(["GET", "HEAD", "POST"])
def modifier(request: HttpRequest, pk: UUID) -> HttpResponse:
    lu = _le_mien(request, pk)
    retour = ou_lire(lu.bilan, ancres.lire(lu.ancre))
    edition = Edition(
        objet=lu,
        former=partial(FormulaireCommentaire, objet=lu),
        ecrire=lambda valeurs, version, par: services.modifier_commentaire(
            commentaire=lu, texte=valeurs["texte"], version=version, par=par
        ),
        contexte=partial(coque, request, lu.bilan),
        titre="Corriger votre commentaire",
        sujet=_nom(lu.bilan, ancres.lire(lu.ancre)),
        retour=retour,
        retirer=reverse("bilans:commentaire_retirer", args=[lu.pk]),
    )
    return editer(request, edition)


@require_http_methods(["GET", "HEAD", "POST"])
def retirer(request: HttpRequest, pk: UUID) -> HttpResponse:
    lu = _le_mien(request, pk)
    return confirmer(
        request,
        retirer=partial(services.retirer_commentaire, commentaire=lu, version=None),
        contexte=partial(coque, request, lu.bilan),
        titre="Retirer votre commentaire",
        question="Retirer ce commentaire\u202f?",
        consequence=f"«\u00a0{lu.texte[:200]}\u00a0» ne se lira plus.",
        retour=ou_lire(lu.bilan, ancres.lire(lu.ancre)),
    )


def _le_mien(request: HttpRequest, pk: UUID) -> CommentaireBilan:
    lu = commentaire_lu(request, pk)
    if lu.auteur_id != request.user.pk:
        raise DroitRefuse(services.PAS_LE_SIEN)
    return lu


def _ecrire(
    request: HttpRequest, bilan: Bilan, ancre: Ancre, form: CommentaireForm, geste: Any
) -> HttpResponse:
    if form.is_valid():
        try:
            geste(texte=form.cleaned_data["texte"])
        except DroitRefuse:
            raise
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return _suite(request, bilan, ancre, form.cleaned_data["suite"])
    return _montrer(request, bilan, ancre, form)


def _ancre(request: HttpRequest) -> Ancre:
    envoyes = request.POST if request.method == "POST" else request.GET
    return _lire(envoyes.get("ancre", "") or str(ancres.BILAN))


def _lire(texte: str) -> Ancre:
    """Lève BadRequest (400)."""
    try:
        return ancres.lire(texte)
    except ancres.AncreInconnue as erreur:
        raise BadRequest("Cette partie du bilan n’a pas été comprise.") from erreur


def _initiales(request: HttpRequest, ancre: Ancre) -> dict[str, str]:
    return {"ancre": str(ancre), "suite": request.GET.get("suite", "")}


def _suite(request: HttpRequest, bilan: Bilan, ancre: Ancre, retour: str) -> HttpResponse:
    """Les fils à jour, en place ; sinon la page d’où l’on vient, à cette partie."""
    if en_place(request):
        return _fragment(request, bilan, ancre, retour)
    page = reverse("bilans:relire", args=[bilan.pk])
    d_ou = retour_permis(retour, page).partition("#")[0]
    return voir(f"{d_ou}#{ancre.identifiant}")


def _fragment(request: HttpRequest, bilan: Bilan, ancre: Ancre, retour: str) -> HttpResponse:
    droits = droits_sur(request.user, bilan.contrat)
    contexte = {
        "bilan": bilan,
        "partie": fils_du_bilan(bilan, request.user, droits, ancre=str(ancre)).de(ancre),
        "nom": _nom(bilan, ancre),
        "retour": retour,
    }
    return render(request, "bilans/relire/fragments/_fils.html", contexte)


def _montrer(
    request: HttpRequest, bilan: Bilan, ancre: Ancre, form: CommentaireForm
) -> HttpResponse:
    """La page d’une partie, ou son fragment ; 422 si l’envoi est refusé, rien n’est perdu."""
    statut = 422 if form.errors else 200
    if en_place(request) and not form.errors:
        return _fragment(request, bilan, ancre, request.GET.get("suite", ""))
    contexte = contexte_relecture(request, bilan, RELIRE, [Lien(_nom(bilan, ancre))])
    fils = fils_du_bilan(bilan, request.user, contexte["droits"], ancre=str(ancre))
    contexte |= {
        "partie": fils.de(ancre),
        "nom": _nom(bilan, ancre),
        "form": form,
        "envoi": _ou_envoyer(request, bilan),
        "retour": ou_lire(bilan, ancre),
    }
    gabarit = "bilans/relire/commentaires.html"
    if en_place(request):
        gabarit = "bilans/relire/fragments/_saisie.html"
    return render(request, gabarit, contexte, status=statut)


def _ou_envoyer(request: HttpRequest, bilan: Bilan) -> str:
    """Un envoi refusé se renvoie à la même adresse ; une page lue ouvre un fil."""
    if request.method == "POST":
        return request.path
    return reverse("bilans:commentaires", args=[bilan.pk])


def _nom(bilan: Bilan, ancre: Ancre) -> str:
    return noms_des_ancres(bilan.contrat, [str(ancre)])[str(ancre)]
