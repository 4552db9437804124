"""Demander des nouvelles aux partenaires : choisir qui, puis quoi ; les liens prêts à copier."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from acteurs.droits import Droit
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.navigation import Lien
from cls_platform.socle.transport import envoyer
from contrats.models import Contrat, fiches_par_partenaire
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.services.liens_contribution import LienDonne, creer_liens
from contrats.views.portes import contrat_suivi, recu
from indicateurs.contribution.demande import FormulaireDemande, Tenues
from indicateurs.views.contributions.liens import TACHE, adresse_publique
from indicateurs.views.contributions.reception import TITRE

DEMANDER = "Demander des nouvelles aux partenaires"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demander(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Les organisations choisies sont dans l’adresse (`acteur`) ; sans choix, on choisit."""
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_PLAN, contrat)
    toutes = fiches_par_partenaire(contrat)
    choisies = set(request.GET.getlist("acteur"))
    tenues = [(acteur, fiches) for acteur, fiches in toutes if str(acteur.pk) in choisies]
    if not tenues:
        return _choisir(request, contrat, toutes)
    form = FormulaireDemande(recu(request), tenues=tenues)
    if request.method == "POST" and form.is_valid():
        try:
            donnes = creer_liens(
                contrat=contrat,
                destinataires=form.destinataires(),
                question=form.question(),
                par=request.user,
            )
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return _prets(request, contrat, donnes)
    contexte = _contexte(request, contrat) | {"form": form}
    statut = 422 if form.errors else 200
    return render(request, "indicateurs/demander.html", contexte, status=statut)


def _choisir(request: HttpRequest, contrat: Contrat, tenues: Tenues) -> HttpResponse:
    """Un envoi sans organisation choisie revient ici, avec la phrase qui le dit."""
    refuse = request.method == "POST" or "choisi" in request.GET
    contexte = _contexte(request, contrat) | {"tenues": tenues, "refuse": refuse}
    statut = 422 if refuse else 200
    return render(request, "indicateurs/demander_a_qui.html", contexte, status=statut)


def _prets(request: HttpRequest, contrat: Contrat, donnes: list[LienDonne]) -> HttpResponse:
    """Les secrets ne sont montrés que dans cette réponse."""
    for donne in donnes:
        if donne.lien.travail:
            envoyer(TACHE, donne.lien.travail.pk)
    contexte = _contexte(request, contrat) | {
        "donnes": [(d.lien, adresse_publique(d.lien, d.secret)) for d in donnes]
    }
    return render(request, "indicateurs/liens_prets.html", contexte)


def _contexte(request: HttpRequest, contrat: Contrat) -> dict:
    liste = reverse("indicateurs:contributions", args=[contrat.pk])
    contexte = contexte_espace(
        request, contrat, "plan", suite=[Lien(TITRE, liste), Lien("Demander")]
    )
    return contexte | {"titre": DEMANDER, "liste": liste}
