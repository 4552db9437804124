"""Les indicateurs d’une fiche action : un onglet de la fiche. On y saisit l’année en cours, on y
relie un indicateur que le contrat suit déjà, on l’en retire.

Toute réponse est l’onglet : la page sans JavaScript, son contenu (`#indicateurs`) avec htmx.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from acteurs.droits import Droit
from cls_platform.socle.navigation import Lien
from contrats.coque_fiche import contexte_fiche
from contrats.models import Action
from contrats.permissions import exiger
from contrats.views.portes import action_suivie, en_place, voir
from indicateurs.forms import LienForm
from indicateurs.grille.lecture import compter, lire_contenu
from indicateurs.grille.lignes import grille_de
from indicateurs.grille.resultat import RIEN_DE_FAIT
from indicateurs.presentation import Cadre
from indicateurs.services.liens import relier_indicateur, retirer_indicateur
from indicateurs.services.mesures import saisissables

FRAGMENT = "indicateurs/fragments/_de_la_fiche.html"


@require_safe
def de_l_action(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _onglet(request, action_suivie(request, pk))


@require_POST
def relier(request: HttpRequest, pk: UUID) -> HttpResponse:
    action = action_suivie(request, pk)
    exiger(request.user, Droit.GERER_INDICATEURS, action.contrat)
    form = LienForm(request.POST, contrat=action.contrat, proposes=_autres(action))
    if not form.is_valid():
        return _onglet(request, action, form=form)
    indicateur = form.cleaned_data["indicateur"]
    relier_indicateur(indicateur=indicateur, action=action, par=request.user)
    return _fait(request, action, f"«\u00a0{indicateur}\u00a0» est relié à cette fiche.")


@require_POST
def delier(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Retire un indicateur de la fiche ; un second clic ne change rien de plus."""
    action = action_suivie(request, pk)
    exiger(request.user, Droit.GERER_INDICATEURS, action.contrat)
    form = LienForm(request.POST, contrat=action.contrat, proposes=_autres(action))
    if not form.is_valid():
        return _onglet(request, action, form=form)
    indicateur = form.cleaned_data["indicateur"]
    retirer_indicateur(indicateur=indicateur, action=action, par=request.user)
    return _fait(
        request,
        action,
        f"«\u00a0{indicateur}\u00a0» n’est plus relié à cette fiche. Ses valeurs restent dans le "
        "contrat.",
    )


def _autres(action: Action) -> Any:
    """Les indicateurs du contrat que cette fiche n’a pas encore."""
    return action.contrat.indicateurs.hors_de_l_action(action).pour_liste()


def _fait(request: HttpRequest, action: Action, message: str) -> HttpResponse:
    if en_place(request):
        return _onglet(request, action, message=message)
    messages.success(request, message)
    return voir(reverse("indicateurs:action", args=[action.pk]))


def _onglet(
    request: HttpRequest, action: Action, *, form: LienForm | None = None, message: str = ""
) -> HttpResponse:
    contexte = contexte_fiche(request, action, "indicateurs", suite=(Lien("Indicateurs"),))
    contrat, droits = action.contrat, contexte["droits"]
    peut_gerer = Droit.GERER_INDICATEURS in droits
    autres = list(_autres(action)) if peut_gerer else []
    contenu = lire_contenu(contrat, contrat.indicateurs.de_l_action(action).pour_liste(), {})
    permises = saisissables(request.user, contrat, droits)
    contexte |= {
        "contenu": contenu,
        "fenetre": contenu.fenetre,
        "grille": grille_de(
            contrat,
            contenu,
            permises,
            timezone.localdate().year,
            cadre=Cadre(action.pk, peut_gerer),
        ),
        "resultat": RIEN_DE_FAIT,
        "fiche_d_origine": action.pk,
        "peut_saisir": bool(permises & {i.pk for i in contenu.indicateurs}),
        "montre_tout": False,
        **compter(contrat, contenu.fenetre.courante),
        "peut_ajouter": peut_gerer,
        "ajouter_ici": f"{reverse('indicateurs:ajouter', args=[contrat.pk])}?action={action.pk}",
        "form": form or (LienForm(contrat=contrat, proposes=autres) if autres else None),
        "message": message,
        "en_place": en_place(request),
    }
    gabarit = FRAGMENT if en_place(request) else "indicateurs/action.html"
    return render(request, gabarit, contexte, status=422 if form is not None else 200)
