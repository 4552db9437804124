"""Réagir à une action ou à un bilan, s’abonner à un contrat : sans compte, sans trace."""

import math
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bilans.forms.public import AbonnementForm, AvecPiege, ReactionForm
from bilans.models import Bilan
from bilans.services import abonnements, reactions
from cls_platform.socle.debit import adresse_de, attente
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Action, Contrat

# Un lien d’abonnement ne doit ni entrer dans un moteur, ni partir dans un référent
ENTETES_DU_LIEN = {"Referrer-Policy": "strict-origin", "X-Robots-Tag": "noindex, nofollow"}


def sans_compte(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    return login_not_required(never_cache(require_http_methods(["GET", "HEAD", "POST"])(vue)))


@sans_compte
def reagir_a_l_action(request: HttpRequest, pk: UUID) -> HttpResponse:
    action = get_object_or_404(Action.objects.publiees().select_related("contrat"), pk=pk)
    retour = reverse("bilans:action_publique", args=[pk])
    quoi = {"contrat": action.contrat, "action": action}
    return _reagir(request, quoi, retour, f"de l’action « {action.titre} »")


@sans_compte
def reagir_au_bilan(request: HttpRequest, slug: str, annee: int) -> HttpResponse:
    publies = Bilan.objects.publics().pour_liste()
    bilan = get_object_or_404(publies, contrat__slug=slug, annee=annee)
    retour = reverse("bilans:bilan_public", args=[slug, annee])
    return _reagir(request, {"contrat": bilan.contrat, "bilan": bilan}, retour, f"du bilan {annee}")


def _reagir(request: HttpRequest, quoi: dict[str, Any], retour: str, de_quoi: str) -> HttpResponse:
    """Contexte : form, contrat, retour, de_quoi, est_recue, jours (d’oubli du courriel)."""
    form = ReactionForm(request.POST or None)
    contexte = quoi | {
        "form": form,
        "retour": retour,
        "de_quoi": de_quoi,
        "est_recue": "recue" in request.GET,
        "jours": settings.CLS_REACTIONS_COURRIEL_JOURS,
    }
    gabarit = "bilans/public/reagir.html"
    if request.method != "POST":
        return render(request, gabarit, contexte)

    def ecrire() -> None:
        reactions.recevoir_reaction(**quoi, **form.valeurs())

    return _envoyer(request, form, ecrire, gabarit, contexte, "reaction", "recue")


@sans_compte
def suivre(request: HttpRequest, slug: str) -> HttpResponse:
    """Contexte : form, contrat, est_envoye, jours (pour confirmer)."""
    contrat = get_object_or_404(Contrat.objects.publics(), slug=slug)
    form = AbonnementForm(request.POST or None)
    contexte = {
        "contrat": contrat,
        "form": form,
        "est_envoye": "envoye" in request.GET,
        "jours": settings.CLS_ABONNEMENT_CONFIRMATION_JOURS,
    }
    gabarit = "bilans/public/suivre.html"
    if request.method != "POST":
        return render(request, gabarit, contexte)

    def ecrire() -> None:
        abonnements.demander_abonnement(contrat=contrat, **form.valeurs())

    return _envoyer(request, form, ecrire, gabarit, contexte, "abonnement", "envoye")


def _envoyer(
    request: HttpRequest,
    form: AvecPiege,
    ecrire: Callable[[], None],
    gabarit: str,
    contexte: dict[str, Any],
    sorte: str,
    marque: str,
) -> HttpResponse:
    """Un robot tombé dans le piège lit la même confirmation ; ce qui est refusé reste à l’écran."""
    if form.est_piege:
        return redirect(f"{request.path}?{marque}")
    if not form.is_valid():
        return render(request, gabarit, contexte, status=422)
    debit = settings.DEBIT_REACTIONS if sorte == "reaction" else settings.DEBIT_ABONNEMENTS
    if delai := attente(f"{sorte}:{adresse_de(request)}", debit):
        return _trop(request, form, gabarit, contexte, math.ceil(delai / 60))
    try:
        ecrire()
    except DonneesRefusees as erreur:
        form.reporter(erreur)
        return render(request, gabarit, contexte, status=422)
    return redirect(f"{request.path}?{marque}")


def _trop(
    request: HttpRequest, form: AvecPiege, gabarit: str, contexte: dict[str, Any], minutes: int
) -> HttpResponse:
    dit = f"Trop d’envois depuis cet endroit. Gardez ce texte et recommencez dans {minutes} min."
    form.add_error(None, dit)
    reponse = render(request, gabarit, contexte, status=429)
    reponse["Retry-After"] = str(minutes * 60)
    return reponse


def du_lien(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def ouverte(request: HttpRequest, secret: str) -> HttpResponse:
        reponse = vue(request, secret)
        for nom, valeur in ENTETES_DU_LIEN.items():
            reponse[nom] = valeur
        return reponse

    return sans_compte(ouverte)


@du_lien
def confirmer(request: HttpRequest, secret: str) -> HttpResponse:
    """Lire la page ne confirme rien : les messageries ouvrent les liens d’avance."""
    abonnement = abonnements.abonnement_ouvert(secret)
    if abonnement is None:
        return lien_inconnu(request)
    if request.method == "POST":
        abonnements.confirmer_abonnement(secret=secret, par=AnonymousUser())
        return redirect(request.path)
    contexte = {
        "contrat": abonnement.contrat,
        "est_confirme": abonnement.confirme_le is not None,
        "arreter": reverse("bilans:abonnement_arreter", args=[secret]),
    }
    return render(request, "bilans/public/abonnement.html", contexte)


@csrf_exempt
@du_lien
def arreter(request: HttpRequest, secret: str) -> HttpResponse:
    """Un POST suffit, sans cookie : c’est celui des messageries (RFC 8058)."""
    abonnement = abonnements.abonnement_ouvert(secret)
    if request.method == "POST":
        contrat = abonnements.desabonner(secret=secret, par=AnonymousUser())
        contexte = {"contrat": contrat, "est_fini": True}
        return render(request, "bilans/public/desabonnement.html", contexte)
    if abonnement is None:
        return lien_inconnu(request)
    contexte = {"contrat": abonnement.contrat, "est_fini": False}
    return render(request, "bilans/public/desabonnement.html", contexte)


def lien_inconnu(request: HttpRequest) -> HttpResponse:
    return render(request, "bilans/public/lien_inconnu.html", status=404)
