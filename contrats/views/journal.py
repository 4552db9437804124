"""Le journal d’une action : écrire une note, la corriger, la retirer."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from acteurs.droits import Droit
from cls_platform.socle.historique import historique
from contrats.adresses import adresse_du_suivi
from contrats.forms.journal import FormulaireNote
from contrats.models import NoteSuivi
from contrats.permissions import exiger_sur_action
from contrats.provenance import avec_provenance
from contrats.services import journal as service
from contrats.views.edition_suivi import Ajout, Edition, ajouter, contexte_de_page, editer
from contrats.views.portes import action_suivie, recu, voir


def note_suivie(request: HttpRequest, pk: UUID) -> NoteSuivi:
    suivies = NoteSuivi.objects.suivis_par(request.user)
    return get_object_or_404(suivies.select_related("modifie_par"), pk=pk)


@require_http_methods(["GET", "POST"])
def note_ajouter(request: HttpRequest, pk: UUID) -> HttpResponse:
    action = action_suivie(request, pk)
    exiger_sur_action(request.user, Droit.MODIFIER_PLAN, action)
    onglet = adresse_du_suivi(pk)
    ajout = Ajout(
        action=action,
        form=FormulaireNote(recu(request), initial={"date_note": timezone.localdate()}),
        ecrire=service.ajouter_note,
        titre="Écrire une note",
        retour=f"{onglet}#t-notes",
        suite=lambda note: f"{onglet}#note-{note.pk}",
    )
    return ajouter(request, ajout)


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    objet = note_suivie(request, pk)
    exiger_sur_action(request.user, Droit.MODIFIER_PLAN, objet.action)

    def former(*donnees: Any, **options: Any) -> FormulaireNote:
        return FormulaireNote(*donnees, note=objet, **options)

    def ecrire(**valeurs: Any) -> NoteSuivi:
        return service.modifier_note(note=objet, **valeurs)

    edition = Edition(
        objet=objet,
        former=former,
        ecrire=ecrire,
        adresse=reverse("contrats:note", args=[pk]),
        retour=f"{adresse_du_suivi(objet.action_id)}#note-{pk}",
        titre="Modifier la note",
        identifiant=f"note-{pk}",
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
    contexte = contexte_de_page(request, objet.action, titre) | {
        "titre": titre,
        "note": objet,
        "retour": retour,
        "evenements": avec_provenance(historique(objet)),
        "moi": str(request.user),
    }
    return render(request, "contrats/note_suppression.html", contexte)
