"""Partager une fiche avec un autre contrat ; lire, accepter, placer ce qu’un autre partage."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from acteurs.droits import Droit
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.navigation import Lien
from cls_platform.socle.transport import envoyer
from contrats import fiche
from contrats.etapes import etapes_de
from contrats.fiche_lue import PARTAGES, panneaux_lus
from contrats.forms.partage import FormulairePartage
from contrats.forms.place import FormulairePlace
from contrats.models import Action, Contrat, PartageAction
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.services import partages as service
from contrats.services.annonce_partage import TACHE, annonce_de
from contrats.views.portes import action_suivie, contrat_suivi, recu, voir

AVEC_COURRIEL = "La fiche est proposée. L’autre coordination reçoit un courriel et doit l’accepter."
SANS_COURRIEL = (
    "La fiche est proposée. L’autre coordination la trouvera dans son plan : aucun courriel ne "
    "part, prévenez-la vous-même."
)


@require_http_methods(["GET", "POST"])
def action_partager(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Du côté de qui tient la fiche : avec qui elle est partagée, et la proposer."""
    objet = action_suivie(request, pk)
    exiger(request.user, Droit.MODIFIER_PLAN, objet.contrat)
    contrats = Contrat.objects.visibles_par(request.user).exclude(pk=objet.contrat_id).tries()
    form = FormulairePartage(recu(request), contrats=contrats)
    if request.method == "POST" and form.is_valid():
        try:
            propose = service.proposer_partage(action=objet, par=request.user, **form.valeurs())
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            _annoncer(request, propose)
            return voir(reverse("contrats:action_partager", args=[pk]))
    retour = reverse("contrats:action", args=[pk])
    suite = [Lien(fiche.nom_court(objet), retour), Lien("Partager")]
    contexte = contexte_espace(request, objet.contrat, "plan", suite=suite) | {
        "action": objet,
        "form": form,
        "donnes": objet.partages.en_vie().pour_liste(),
        "retour": retour,
    }
    statut = 422 if form.errors else 200
    return render(request, "contrats/partages/partager.html", contexte, status=statut)


def _annoncer(request: HttpRequest, propose: PartageAction) -> None:
    """Met le courriel en route ; sans courtier, le balayage l’enverra à son retour."""
    annonce = annonce_de(propose)
    if annonce is None:
        messages.success(request, SANS_COURRIEL)
        return
    envoyer(TACHE, annonce.pk)
    messages.success(request, AVEC_COURRIEL)


@require_GET
def partages(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ce que le contrat reçoit, et ce qu’il donne."""
    contrat = contrat_suivi(request, pk)
    recus = PartageAction.objects.recus_par(request.user).filter(contrat=contrat)
    lisibles = contrat.actions.lisibles_par(request.user)
    donnes = PartageAction.objects.en_vie().filter(action__in=lisibles)
    contexte = contexte_espace(request, contrat, "plan", suite=[Lien("Fiches partagées")]) | {
        "recus": recus.pour_liste(),
        "donnes": donnes.pour_liste(),
        "adresse_du_plan": reverse("contrats:plan", args=[pk]),
    }
    return render(request, "contrats/partages/liste.html", contexte)


def _recu(request: HttpRequest, pk: UUID) -> PartageAction:
    """Un partage que la personne voit du côté qui reçoit."""
    recus = PartageAction.objects.recus_par(request.user).pour_liste()
    return get_object_or_404(recus, pk=pk)


@require_GET
def partage(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, _recu(request, pk))


def _page(
    request: HttpRequest, partage: PartageAction, form: FormulairePlace | None = None
) -> HttpResponse:
    """La fiche d’un autre contrat, en lecture, dans la coque du contrat qui la reçoit."""
    le, contrat = timezone.localdate(), partage.contrat
    lues: Any = Action.objects.filter(pk=partage.action_id)
    objet = get_object_or_404(lues.pour_fiche(le))
    suite = [Lien("Fiches partagées", reverse("contrats:partages", args=[contrat.pk]))]
    contexte = contexte_espace(request, contrat, "plan", suite=[*suite, Lien(objet.titre)])
    peut_modifier = Droit.MODIFIER_PLAN in contexte["droits"]
    if form is None and peut_modifier:
        form = FormulairePlace(contrat=contrat, initial={"ou": _ici(partage)})
    contexte |= {
        "partage": partage,
        "action": objet,
        "fiche": fiche.entete(objet, le),
        "statut": fiche.champ(objet, "statut", est_modifiable=False, le=le),
        "panneaux": panneaux_lus(objet, PARTAGES, le),
        "etapes": etapes_de(objet, le),
        "form": form,
        "peut_modifier": peut_modifier,
    }
    statut = 422 if form is not None and form.errors else 200
    return render(request, "contrats/partages/partage.html", contexte, status=statut)


def _ici(partage: PartageAction) -> str:
    if partage.objectif_id:
        return f"objectif-{partage.objectif_id}"
    return f"axe-{partage.axe_id}" if partage.axe_id else "sans"


@require_POST
def partage_accepter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accepter et choisir où elle se lit ; déjà acceptée, la déplacer."""
    objet = _recu(request, pk)
    exiger(request.user, Droit.MODIFIER_PLAN, objet.contrat)
    form = FormulairePlace(request.POST, contrat=objet.contrat)
    if form.is_valid():
        axe, objectif = form.lieu()
        try:
            service.accepter_partage(partage=objet, axe=axe, objectif=objectif, par=request.user)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            messages.success(request, "La fiche se lit maintenant à cette place de votre plan.")
            return voir(reverse("contrats:partage", args=[pk]))
    return _page(request, objet, form)


@require_POST
def partage_refuser(request: HttpRequest, pk: UUID) -> HttpResponse:
    objet = _recu(request, pk)
    exiger(request.user, Droit.MODIFIER_PLAN, objet.contrat)
    try:
        service.refuser_partage(partage=objet, par=request.user)
    except ErreurMetier as erreur:
        messages.error(request, erreur.message)
    else:
        messages.success(request, "La proposition est refusée.")
    return voir(reverse("contrats:partages", args=[objet.contrat_id]))


@require_http_methods(["GET", "POST"])
def partage_retirer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Des deux côtés, une page demande confirmation."""
    visibles = PartageAction.objects.visibles_par(request.user).en_vie().pour_liste()
    objet = get_object_or_404(visibles, pk=pk)
    tenu = Contrat.objects.suivis_par(request.user).filter(pk=objet.action.contrat_id).exists()
    contrat = objet.action.contrat if tenu else objet.contrat
    exiger(request.user, Droit.MODIFIER_PLAN, contrat)
    liste = reverse("contrats:partages", args=[contrat.pk])
    if request.method == "POST":
        try:
            service.retirer_partage(partage=objet, par=request.user)
        except ErreurMetier as erreur:
            messages.error(request, erreur.message)
        else:
            messages.success(request, "Le partage a pris fin.")
        return voir(liste)
    suite = [Lien("Fiches partagées", liste), Lien("Retirer")]
    contexte = contexte_espace(request, contrat, "plan", suite=suite) | {
        "titre": "Mettre fin au partage",
        "question": f"«\u00a0{objet.action.titre}\u00a0» quittera le plan de {objet.contrat.nom}.",
        "consequence": f"Elle reste, inchangée, dans le plan de {objet.action.contrat.nom}.",
        "geste": "Mettre fin au partage",
        "retour": liste,
    }
    return render(request, "contrats/confirmation.html", contexte)
