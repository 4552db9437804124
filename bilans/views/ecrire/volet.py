"""Choisir les actions d’un volet, et leur rang."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bilans.ecriture.parties import Partie, code_du_volet
from bilans.forms.ecrire import ChoixActionsForm, SensForm
from bilans.services.volets import (
    actions_a_choisir,
    actions_racontees,
    choisir_actions,
    deplacer_action,
)
from bilans.views.ecrire.partie import contexte_page, formulaire
from bilans.views.ecrire.portes import bilan_a_ecrire, partie_a_ecrire
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, ErreurMetier
from contrats.views.portes import voir

ENTRE_TEMPS = "Ce volet a changé entre-temps. Relisez votre choix, puis enregistrez de nouveau."


@require_POST
def choisir(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    partie = partie_a_ecrire(request, pk, code)
    if partie.volet is None:
        raise ErreurMetier("Seul un volet raconte des actions.")
    axe = partie.volet.axe
    actions, racontees = actions_a_choisir(partie.bilan, axe), actions_racontees(partie.bilan, axe)
    form = ChoixActionsForm(request.POST, partie=partie, actions=actions, racontees=racontees)
    if form.is_valid():
        choisies = [a for a in actions if a in set(form.cleaned_data["actions"])]
        try:
            choisir_actions(
                bilan=partie.bilan,
                axe=axe,
                actions=choisies,
                version=form.cleaned_data["version"],
                par=request.user,
            )
        except ConflitVersion:
            return _refus(request, partie, _rouvert(request, partie), statut=409)
        except DonneesRefusees as refus:
            form.reporter(refus)
        else:
            return voir(f"{partie.adresse}#actions-du-volet")
    return _refus(request, partie, form, statut=422)


def _rouvert(request: HttpRequest, partie: Partie) -> ChoixActionsForm:
    """Le choix tel que fait, sur la version d’aujourd’hui : un second envoi l’écrit."""
    volet = partie.volet
    axe = volet.axe if volet else None
    envoi = request.POST.copy()
    envoi["version"] = str(partie.objet.version)
    actions, racontees = actions_a_choisir(partie.bilan, axe), actions_racontees(partie.bilan, axe)
    form = ChoixActionsForm(envoi, partie=partie, actions=actions, racontees=racontees)
    form.add_error("actions", ENTRE_TEMPS)
    return form


def _refus(
    request: HttpRequest, partie: Partie, form: ChoixActionsForm, *, statut: int
) -> HttpResponse:
    contexte = contexte_page(request, partie, formulaire(partie), form)
    return render(request, "bilans/ecrire/section.html", contexte, status=statut)


@require_POST
def deplacer(request: HttpRequest, pk: UUID, action: UUID) -> HttpResponse:
    """Monte ou descend une action racontée ; le focus revient sur elle."""
    bilan = bilan_a_ecrire(request, pk)
    choisies = bilan.actions_en_avant.select_related("action__axe")
    racontee = get_object_or_404(choisies, pk=action)
    form = SensForm(request.POST)
    if form.is_valid():
        vers = form.cleaned_data["vers"]
        deplacer_action(bilan=bilan, racontee=racontee, vers=vers, par=request.user)
    code = code_du_volet(racontee.action.axe)
    adresse = reverse("bilans:ecrire_section", args=[bilan.pk, code])
    return voir(f"{adresse}#action-{racontee.pk}")
