"""Lire ce que les habitants ont écrit : publier, garder, écarter, répondre."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from acteurs.droits import Droit
from bilans.adresses_publiques import adresse_de_la_reaction
from bilans.forms.public import ModerationForm, ReponseForm
from bilans.models import EtatReaction, Reaction
from bilans.services import reactions
from cls_platform.socle import presentation
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees
from contrats.comparaison import souligner
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import exiger

PAR_PAGE = 20
DITS = {
    EtatReaction.PUBLIEE: "La réaction est publiée.",
    EtatReaction.GARDEE: "La réaction est gardée, sans paraître.",
    EtatReaction.REJETEE: "La réaction est écartée ; l’adresse laissée est effacée.",
}


@require_safe
def liste(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = get_object_or_404(Contrat.objects.suivis_par(request.user), pk=pk)
    exiger(request.user, Droit.REPONDRE_AUX_HABITANTS, contrat)
    return page(request, contrat)


def page(
    request: HttpRequest, contrat: Contrat, refuse: tuple[UUID, ReponseForm] | None = None
) -> HttpResponse:
    """Contexte : page (Page de Reaction), lignes ((Reaction, adresse, ReponseForm)), attente.

    `refuse` : le formulaire de réponse qui vient d’être refusé, à la place du sien.
    """
    contexte = contexte_espace(request, contrat, "reactions")
    siennes = Reaction.objects.suivies_par(request.user).filter(contrat=contrat)
    feuille = Paginator(siennes.pour_moderer(), PAR_PAGE).get_page(request.GET.get("page"))
    lignes = [(r, adresse_de_la_reaction(r), _form(r, refuse)) for r in feuille]
    contexte |= {"page": feuille, "lignes": lignes, "attente": siennes.en_attente().count()}
    return render(request, "bilans/reactions.html", contexte, status=422 if refuse else 200)


def _form(reaction: Reaction, refuse: tuple[UUID, ReponseForm] | None) -> ReponseForm:
    if refuse and refuse[0] == reaction.pk:
        return refuse[1]
    initial = {"reponse": reaction.reponse, "version": reaction.version}
    return ReponseForm(initial=initial, auto_id=_identifiant(reaction))


def _identifiant(reaction: Reaction) -> str:
    return f"id_{reaction.pk}_%s"


def reaction_suivie(request: HttpRequest, pk: UUID) -> Reaction:
    suivies = Reaction.objects.suivies_par(request.user).pour_moderer()
    reaction = get_object_or_404(suivies, pk=pk)
    exiger(request.user, Droit.REPONDRE_AUX_HABITANTS, reaction.contrat)
    return reaction


@require_POST
def moderer(request: HttpRequest, pk: UUID) -> HttpResponse:
    reaction = reaction_suivie(request, pk)
    form = ModerationForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choisissez de publier, de garder ou d’écarter.")
        return _retour(reaction)
    try:
        a_jour = reactions.moderer(reaction=reaction, **form.cleaned_data, par=request.user)
    except DonneesRefusees as erreur:
        messages.error(request, erreur.message)
    except ConflitVersion as conflit:
        actuel: Any = conflit.actuel
        dit = f"Quelqu’un s’en est occupé entre-temps : {actuel.get_etat_display()}."
        messages.warning(request, dit)
    else:
        messages.success(request, DITS[EtatReaction(a_jour.etat)])
    return _retour(reaction)


@require_POST
def repondre(request: HttpRequest, pk: UUID) -> HttpResponse:
    reaction = reaction_suivie(request, pk)
    form = ReponseForm(request.POST, auto_id=_identifiant(reaction))
    if not form.is_valid():
        return page(request, reaction.contrat, refuse=(reaction.pk, form))
    avait_une_adresse = bool(reaction.courriel)
    try:
        reactions.repondre(reaction=reaction, **form.cleaned_data, par=request.user)
    except ConflitVersion as conflit:
        return page_de_conflit(request, conflit.actuel, form.cleaned_data["reponse"])
    suite = " Elle part aussi par courriel." if avait_une_adresse else ""
    messages.success(request, f"La réponse est enregistrée.{suite}")
    return _retour(reaction)


def page_de_conflit(request: HttpRequest, actuelle: Reaction, mienne: str) -> HttpResponse:
    """La vôtre et la leur ; ce qui a été tapé reste dans l’éditeur."""
    contexte = contexte_espace(request, actuelle.contrat, "reactions")
    contexte |= {
        "reaction": actuelle,
        "mienne": mienne,
        "comparaison": souligner(mienne, actuelle.reponse),
        "retour": _page_des_reactions(actuelle),
    }
    return render(request, "bilans/reaction_conflit.html", contexte, status=409)


def _page_des_reactions(reaction: Reaction) -> str:
    return reverse("bilans:reactions", args=[reaction.contrat_id])


def _retour(reaction: Reaction) -> HttpResponse:
    return redirect(f"{_page_des_reactions(reaction)}#reaction-{reaction.pk}")


@require_safe
def a_lire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Le compte à côté de « Habitants », dans le rail ; vide s’il n’y a rien à lire."""
    contrat = get_object_or_404(Contrat.objects.suivis_par(request.user), pk=pk)
    exiger(request.user, Droit.REPONDRE_AUX_HABITANTS, contrat)
    nombre = Reaction.objects.filter(contrat=contrat).en_attente().count()
    return HttpResponse(presentation.compte_du_rail(str(nombre or ""), a_traiter=True))
