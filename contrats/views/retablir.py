"""Revenir à une valeur passée, ou à un élément supprimé : d’abord voir, puis confirmer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from acteurs.droits import Droit
from cls_platform.socle.erreurs import ConflitVersion, ErreurMetier
from cls_platform.socle.navigation import Lien
from contrats.comparaison import souligner
from contrats.coque_fiche import contexte_fiche
from contrats.forms.historique import FormulaireRetablir
from contrats.histoire.champ import Etat, etats_du_champ
from contrats.histoire.ecriture import Noms
from contrats.histoire.fiche import ARGENT, nom_de
from contrats.models import Action
from contrats.permissions import exiger, exiger_sur_action, refus
from contrats.services.retablir import ELEMENTS, retablir_champ, retablir_element
from contrats.views.historique import adresse_de_l_historique, definition_ou_404, peut_ecrire
from contrats.views.portes import action_suivie, recu, voir

ENTRE_TEMPS = "La fiche a changé entre-temps. Relisez ce qui serait remplacé, puis confirmez."


@require_http_methods(["GET", "POST"])
def champ_retablir(request: HttpRequest, pk: UUID, champ: str, d_alors: int) -> HttpResponse:
    """Les deux valeurs face à face ; rien ne change avant la confirmation."""
    action = action_suivie(request, pk)
    definition = definition_ou_404(action, champ)
    if not peut_ecrire(request, action, definition):
        raise refus(Droit.MODIFIER_PLAN)
    etats = etats_du_champ(action, definition.champs)
    passe = next((etat for etat in etats if etat.version == d_alors), None)
    if passe is None:
        raise Http404
    form, erreur, statut = FormulaireRetablir(recu(request)), "", 200
    if request.method == "POST" and form.is_valid():
        try:
            retablir_champ(
                action=action,
                champs=definition.champs,
                d_alors=d_alors,
                version=form.cleaned_data["version"],
                par=request.user,
            )
        except ConflitVersion:
            erreur, statut = ENTRE_TEMPS, 409
        except ErreurMetier as refusee:
            erreur, statut = refusee.message, 422
        else:
            messages.success(request, f"{definition.libelle}\u00a0: la valeur est rétablie.")
            return voir(_retour(action, definition.nom))
    if form.errors:
        statut = 422
    historique = reverse("contrats:champ_historique", args=[pk, definition.nom])
    suite = (
        Lien("Historique", adresse_de_l_historique(action)),
        Lien(definition.libelle, historique),
        Lien("Rétablir"),
    )
    contexte = contexte_fiche(request, action, suite=suite)
    contexte |= _face_a_face(action, etats[0], passe)
    contexte |= {"definition": definition, "erreur": erreur, "retour": historique}
    return render(request, "contrats/retablir.html", contexte, status=statut)


def _face_a_face(action: Action, present: Etat, passe: Etat) -> dict[str, Any]:
    noms = Noms(action, [present, passe])
    maintenant, alors = souligner(noms.ecrire(present.valeurs), noms.ecrire(passe.valeurs))
    return {"present": present, "passe": passe, "maintenant": maintenant, "alors": alors}


def _retour(action: Action, nom: str) -> str:
    return f"{reverse('contrats:action', args=[action.pk])}#champ-{nom}-{action.pk}"


@require_http_methods(["GET", "POST"])
def element_retablir(request: HttpRequest, pk: UUID, genre: str, element: UUID) -> HttpResponse:
    """Une étape, une note, une dépense ou un financement supprimé revient tel qu’il était."""
    action = action_suivie(request, pk)
    if genre not in ELEMENTS:
        raise Http404
    exiger_sur_action(request.user, Droit.MODIFIER_PLAN, action)
    if genre in ARGENT:
        exiger(request.user, Droit.VOIR_BUDGET, action.contrat)
    modele = ELEMENTS[genre][0]
    gardees = modele.pgh_event_model.objects.filter(action=pk, pgh_label="delete")
    gardee = gardees.filter(pgh_obj_id=element).order_by("-pgh_id").first()
    if gardee is None:
        raise Http404
    retour, erreur, statut = adresse_de_l_historique(action), "", 200
    if request.method == "POST":
        try:
            retablir_element(action=action, genre=genre, copie=gardee, par=request.user)
        except ErreurMetier as refusee:
            erreur, statut = refusee.message, 422
        else:
            messages.success(request, f"«\u00a0{nom_de(gardee)}\u00a0» est revenu dans la fiche.")
            return voir(retour)
    suite = (Lien("Historique", retour), Lien("Rétablir"))
    contexte = contexte_fiche(request, action, suite=suite) | {
        "nom": nom_de(gardee),
        "erreur": erreur,
        "retour": retour,
    }
    return render(request, "contrats/retablir_element.html", contexte, status=statut)
