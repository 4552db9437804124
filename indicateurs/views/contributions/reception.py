"""Ce que la coordination reçoit : la liste, et une contribution champ par champ."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from acteurs.droits import Droit
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.navigation import Lien
from contrats.models import Contribution, Decision, EtatContribution
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.views.portes import contrat_suivi, en_place, voir
from indicateurs.contribution import etat
from indicateurs.contribution.affichage import FORMES
from indicateurs.contribution.decision import FormulaireDecision, formulaire_de, lignes_de
from indicateurs.services.contributions import ElementChange, accepter, refuser

TITRE = "Nouvelles des partenaires"
ACCEPTER, REFUSER, TOUT = "accepter", "refuser", "tout"


@require_safe
def recues(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_PLAN, contrat)
    contributions = Contribution.objects.du_contrat(contrat).envoyees().recentes()
    lues = [(c, FORMES[c.etat]) for c in contributions]
    contexte = contexte_espace(request, contrat, "plan", suite=[Lien(TITRE)]) | {
        "titre": TITRE,
        "a_traiter": [li for li in lues if li[0].etat != EtatContribution.TRAITEE],
        "traitees": [li for li in lues if li[0].etat == EtatContribution.TRAITEE],
        "liens": contrat.liens_contribution.pour_liste(),
    }
    return render(request, "indicateurs/contributions.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def contribution(request: HttpRequest, pk: UUID) -> HttpResponse:
    recue = get_object_or_404(Contribution.objects.suivies_par(request.user).envoyees(), pk=pk)
    exiger(request.user, Droit.MODIFIER_PLAN, recue.lien.contrat)
    if request.method == "POST":
        return _decider(request, recue)
    return _page(request, recue)


def _decider(request: HttpRequest, recue: Contribution) -> HttpResponse:
    """Un champ, ou tous ceux qui restent ; refusée, la décision revient avec sa saisie."""
    geste, _, cle = request.POST.get("geste", "").partition(":")
    en_attente = recue.elements.filter(decision=Decision.EN_ATTENTE).order_by("ordre", "pk")
    lu = etat.lire(recue)
    formulaires = {str(e.pk): formulaire_de(e, lu, request.POST) for e in en_attente}
    try:
        _appliquer(request, recue, geste, cle, formulaires)
    except ElementChange as erreur:
        return _page(request, recue, refus=erreur.message, en_cause=cle, statut=409)
    except ErreurMetier as erreur:
        return _page(request, recue, refus=erreur.message, en_cause=cle, statut=422)
    if en_place(request):
        return _page(request, _relue(recue))
    messages.success(request, "La décision est enregistrée.")
    return voir(reverse("indicateurs:contribution", args=[recue.pk]))


def _appliquer(
    request: HttpRequest,
    recue: Contribution,
    geste: str,
    cle: str,
    formulaires: dict[str, FormulaireDecision],
) -> None:
    if geste not in {TOUT, ACCEPTER, REFUSER}:
        raise ErreurMetier("Choisissez d’accepter ou de ne pas retenir.")
    if geste == TOUT:
        choix = [form.tel_quel() for form in formulaires.values()]
        accepter(contribution=recue, choix=choix, par=request.user)
        return
    form = formulaires.get(cle)
    if form is None:
        raise ElementChange("Ce champ est déjà décidé, ou le partenaire l’a corrigé. Relisez.")
    if geste == REFUSER:
        raison = request.POST.get(f"{cle}-refus", "")[:300]
        refuser(contribution=recue, element=form.element.pk, raison=raison, par=request.user)
    elif geste == ACCEPTER and form.is_valid():
        accepter(contribution=recue, choix=[form.choix()], par=request.user)
    else:
        raise ErreurMetier("Corrigez la valeur, puis recommencez.")


def _relue(recue: Contribution) -> Contribution:
    return Contribution.objects.select_related(
        "action__contrat", "lien__acteur", "lien__contrat", "note"
    ).get(pk=recue.pk)


def _page(
    request: HttpRequest,
    recue: Contribution,
    *,
    refus: str = "",
    en_cause: str = "",
    statut: int = 200,
) -> HttpResponse:
    recue = _relue(recue) if refus else recue
    lignes = lignes_de(recue, request.POST if refus else None, en_cause)
    contexte: dict[str, Any] = {
        "recue": recue,
        "lignes": lignes,
        "refus": refus,
        "en_cause": en_cause,
        "restent": sum(ligne.est_a_decider for ligne in lignes),
        "forme": FORMES[recue.etat],
    }
    if en_place(request):
        modele = "indicateurs/fragments/_contribution.html"
        return render(request, modele, contexte, status=statut)
    liste = reverse("indicateurs:contributions", args=[recue.lien.contrat_id])
    suite = [Lien(TITRE, liste), Lien(str(recue.action))]
    contexte |= contexte_espace(request, recue.lien.contrat, "plan", suite=suite)
    return render(request, "indicateurs/contribution.html", contexte, status=statut)
