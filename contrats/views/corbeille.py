"""La corbeille d’un plan : la voir, y mettre une fiche, l’en sortir, l’effacer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from acteurs.droits import Droit
from cls_platform.socle.erreurs import ConflitVersion
from cls_platform.socle.navigation import Lien
from contrats import fiche
from contrats.forms.historique import FormulaireRetablir
from contrats.models import Action
from contrats.models.corbeille import JOURS_DE_CORBEILLE
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.services.corbeille import (
    effacer_definitivement,
    mettre_a_la_corbeille,
    sortir_de_la_corbeille,
)
from contrats.views.portes import action_suivie, contrat_suivi, recu, voir

PAR_PAGE = 50
ENTRE_TEMPS = "La fiche a changé entre-temps. Relisez-la, puis confirmez."


@require_GET
def corbeille(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_PLAN, contrat)
    page = Paginator(Action.avec_corbeille.jetees_du_contrat(contrat), PAR_PAGE).get_page(
        request.GET.get("page")
    )
    contexte = contexte_espace(request, contrat, "plan", suite=[Lien("Corbeille")]) | {
        "page": page,
        "jours": JOURS_DE_CORBEILLE,
        "adresse_du_plan": reverse("contrats:plan", args=[pk]),
        "moi": request.user,
    }
    return render(request, "contrats/corbeille.html", contexte)


@require_http_methods(["GET", "POST"])
def action_supprimer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Une page demande confirmation ; après, le plan propose d’annuler."""
    action = action_suivie(request, pk)
    exiger(request.user, Droit.MODIFIER_PLAN, action.contrat)
    form, erreur = FormulaireRetablir(recu(request)), ""
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            mettre_a_la_corbeille(action=action, version=version, par=request.user)
        except ConflitVersion:
            erreur = ENTRE_TEMPS
        else:
            return _jetee(request, action)
    retour = reverse("contrats:action", args=[pk])
    suite = [Lien(fiche.nom_court(action), retour), Lien("Supprimer")]
    contexte = contexte_espace(request, action.contrat, "plan", suite=suite) | {
        "action": action_suivie(request, pk),
        "jours": JOURS_DE_CORBEILLE,
        "erreur": erreur,
        "retour": retour,
    }
    statut = 409 if erreur else (422 if form.errors else 200)
    return render(request, "contrats/action_supprimer.html", contexte, status=statut)


def _jetee(request: HttpRequest, action: Action) -> HttpResponse:
    messages.success(
        request,
        f"«\u00a0{action}\u00a0» est à la corbeille pour {JOURS_DE_CORBEILLE} jours.",
        extra_tags=reverse("contrats:action_rendre", args=[action.pk]),
    )
    return voir(reverse("contrats:plan", args=[action.contrat_id]))


@require_POST
def action_rendre(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Annuler une suppression ; deux fois ne fait rien de plus."""
    action = _jetee_ou_non(request, pk)
    rendue = sortir_de_la_corbeille(action=action, par=request.user)
    ou = f"dans l’axe {rendue.axe.numero}" if rendue.axe else "parmi les fiches sans axe"
    messages.success(request, f"«\u00a0{rendue}\u00a0» est revenue dans le plan, {ou}.")
    return voir(reverse("contrats:action", args=[pk]))


@require_http_methods(["GET", "POST"])
def action_effacer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Pour de bon : seulement depuis la corbeille, après confirmation."""
    suivies = Action.avec_corbeille.suivis_par(request.user).jetees().select_related("contrat")
    action = get_object_or_404(suivies, pk=pk)
    exiger(request.user, Droit.MODIFIER_PLAN, action.contrat)
    retour = reverse("contrats:corbeille", args=[action.contrat_id])
    if request.method == "POST":
        nom = str(action)
        effacer_definitivement(action=action, par=request.user)
        messages.success(request, f"«\u00a0{nom}\u00a0» est effacée.")
        return voir(retour)
    suite = [Lien("Corbeille", retour), Lien("Effacer")]
    contexte: dict[str, Any] = contexte_espace(request, action.contrat, "plan", suite=suite) | {
        "titre": "Effacer définitivement",
        "question": f"Effacer «\u00a0{action}\u00a0» pour toujours\u202f?",
        "consequence": "Ses étapes, ses notes, ses montants et ses documents partent avec elle. "
        "Personne ne pourra la retrouver.",
        "geste": "Effacer définitivement",
        "retour": retour,
    }
    return render(request, "contrats/confirmation.html", contexte)


def _jetee_ou_non(request: HttpRequest, pk: UUID) -> Action:
    """Une fiche déjà sortie se retrouve aussi : annuler deux fois n’est pas une faute."""
    suivies = Action.avec_corbeille.suivis_par(request.user).select_related("contrat")
    action = get_object_or_404(suivies, pk=pk)
    exiger(request.user, Droit.MODIFIER_PLAN, action.contrat)
    return action
