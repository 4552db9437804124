"""Le journal d’une action : écrire une note, la corriger, la retirer."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from acteurs.droits import Droit
from cls_platform.socle.historique import historique
from cls_platform.socle.navigation import Lien
from contrats.adresses import adresse_du_suivi
from contrats.forms.journal import FormulaireNote
from contrats.models import NoteSuivi
from contrats.permissions import exiger_sur_action
from contrats.provenance import avec_provenance
from contrats.services import journal as service
from contrats.views.edition import Edition, editer
from contrats.views.edition_suivi import contexte_de_page
from contrats.views.portes import action_suivie, voir


def note_suivie(request: HttpRequest, pk: UUID) -> NoteSuivi:
    suivies = NoteSuivi.objects.suivis_par(request.user)
    return get_object_or_404(suivies.select_related("modifie_par"), pk=pk)


@require_http_methods(["GET", "POST"])
def note_ajouter(request: HttpRequest, pk: UUID) -> HttpResponse:
    action = action_suivie(request, pk)
    exiger_sur_action(request.user, Droit.MODIFIER_PLAN, action)
    onglet = adresse_du_suivi(pk)
    edition = Edition(
        former=partial(FormulaireNote, initial={"date_note": timezone.localdate()}),
        ecrire=partial(service.ajouter_note, action=action),
        contexte=partial(contexte_de_page, request, action),
        suite=lambda note: f"{onglet}#note-{note.pk}",
        titre="Écrire une note",
        sujet=str(action),
        retour=f"{onglet}#t-notes",
    )
    return editer(request, edition)


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    objet = note_suivie(request, pk)
    exiger_sur_action(request.user, Droit.MODIFIER_PLAN, objet.action)
    edition = Edition(
        objet=objet,
        former=partial(FormulaireNote, objet=objet),
        ecrire=partial(service.modifier_note, note=objet),
        contexte=partial(contexte_de_page, request, objet.action),
        titre="Modifier la note",
        sujet=str(objet.action),
        retour=f"{adresse_du_suivi(objet.action_id)}#note-{pk}",
        fusionne=True,
    )
    return editer(request, edition)


@require_http_methods(["GET", "POST"])
def note_supprimer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Une page demande confirmation, et montre qui a écrit quoi avant."""
    objet = note_suivie(request, pk)
    exiger_sur_action(request.user, Droit.MODIFIER_PLAN, objet.action)
    retour = f"{adresse_du_suivi(objet.action_id)}#t-notes"
    if request.method == "POST":
        service.supprimer_note(note=objet, version=None, par=request.user)
        return voir(retour)
    titre = "Retirer la note"
    contexte = contexte_de_page(request, objet.action, Lien(titre)) | {
        "titre": titre,
        "note": objet,
        "retour": retour,
        "evenements": avec_provenance(historique(objet)),
        "moi": str(request.user),
    }
    return render(request, "contrats/note_suppression.html", contexte)
