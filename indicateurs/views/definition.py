"""Ajouter un indicateur à un contrat, le modifier."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from acteurs.droits import Droit
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees
from cls_platform.socle.historique import historique
from cls_platform.socle.navigation import Lien
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.views.conflit import REPRENDRE, aide_de_la_reprise, conflit, reprise
from contrats.views.portes import contrat_suivi
from indicateurs.catalogue import conseil, ecarts
from indicateurs.forms import IndicateurForm
from indicateurs.forms.catalogue import valeurs_du_modele
from indicateurs.forms.definition import valeurs_de
from indicateurs.models import Indicateur, IndicateurModele
from indicateurs.services.catalogue import tel_quel
from indicateurs.services.indicateurs import (
    avertissements_de,
    creer_indicateur,
    modifier_indicateur,
)
from indicateurs.views.portes import contexte_indicateur, indicateur_suivi

# Le bouton qui demande une ligne de cible de plus : il n’enregistre rien
UNE_CIBLE_DE_PLUS = "une_cible_de_plus"
GABARIT = "indicateurs/formulaire.html"


@require_http_methods(["GET", "HEAD", "POST"])
def ajouter(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.GERER_INDICATEURS, contrat)
    form = _former(request, contrat, initial=_depart(request, contrat))
    if _est_envoye(request) and form.is_valid():
        try:
            indicateur = creer_indicateur(contrat=contrat, valeurs=form.valeurs(), par=request.user)
        except DonneesRefusees as erreur:
            form.reporter(erreur)
        else:
            _dire(request, indicateur, "L’indicateur est ajouté. Saisissez sa première valeur.")
            return redirect("indicateurs:fiche", pk=indicateur.pk)
    contexte = contexte_espace(request, contrat, "indicateurs", suite=[Lien("Ajouter")])
    contexte |= {
        "form": form,
        "titre": "Ajouter un indicateur",
        "indicateur": None,
        "conseil": conseil(contrat.indicateurs.publics().count()),
        "ecarts": [],
    }
    return render(request, GABARIT, contexte, status=_statut(request, form))


def _depart(request: HttpRequest, contrat: Contrat) -> dict[str, Any]:
    """Vierge, lié à l’action d’où l’on vient, ou rempli d’après le catalogue (`modele`)."""
    vierge = {"est_public": True, "version": 0, "actions": request.GET.getlist("action")}
    proposes = IndicateurModele.objects.proposes_a(contrat.region_id)
    modele = proposes.filter(pk=request.GET.get("modele", "")).first()
    if modele is None:
        return vierge
    pris = contrat.indicateurs.values_list("code", flat=True)
    return vierge | valeurs_du_modele(modele) | tel_quel(modele, list(pris))


@require_http_methods(["GET", "HEAD", "POST"])
def modifier(request: HttpRequest, pk: UUID) -> HttpResponse:
    indicateur = indicateur_suivi(request, pk)
    exiger(request.user, Droit.GERER_INDICATEURS, indicateur.contrat)
    if REPRENDRE in request.POST:
        return _page(request, indicateur, _reprise(request, indicateur))
    initial = valeurs_de(indicateur) | {"version": indicateur.version}
    form = _former(request, indicateur.contrat, initial=initial)
    if _est_envoye(request) and form.is_valid():
        try:
            ecrit = modifier_indicateur(
                indicateur=indicateur,
                valeurs=form.valeurs(),
                version=form.cleaned_data["version"],
                par=request.user,
            )
        except ConflitVersion as erreur:
            return _en_conflit(request, form, erreur.actuel)
        except DonneesRefusees as erreur:
            form.reporter(erreur)
        else:
            _dire(request, ecrit, "L’indicateur est modifié.")
            return redirect("indicateurs:fiche", pk=pk)
    return _page(request, indicateur, form)


def _former(request: HttpRequest, contrat: Contrat, *, initial: dict[str, Any]) -> IndicateurForm:
    return IndicateurForm(
        request.POST or None,
        contrat=contrat,
        initial=initial,
        de_plus=int(UNE_CIBLE_DE_PLUS in request.POST),
    )


def _est_envoye(request: HttpRequest) -> bool:
    return request.method == "POST" and UNE_CIBLE_DE_PLUS not in request.POST


def _dire(request: HttpRequest, indicateur: Indicateur, phrase: str) -> None:
    messages.success(request, phrase)
    for avertissement in avertissements_de(indicateur):
        messages.warning(request, avertissement)


def _page(request: HttpRequest, indicateur: Indicateur, form: IndicateurForm) -> HttpResponse:
    contexte = contexte_indicateur(request, indicateur, Lien("Modifier"))
    contexte |= {
        "form": form,
        "titre": "Modifier l’indicateur",
        "conseil": "",
        "ecarts": ecarts(indicateur),
        "evenements": historique(indicateur, limite=12),
    }
    return render(request, GABARIT, contexte, status=_statut(request, form))


def _en_conflit(request: HttpRequest, form: IndicateurForm, actuel: Indicateur) -> HttpResponse:
    """Les deux versions face à face ; la même chose écrite deux fois n’en est pas un."""
    siennes = form.ecriture(valeurs_de(actuel))
    face_a_face = conflit(request, actuel, form.ecriture(form.valeurs()), siennes, form)
    if face_a_face is None:
        return redirect("indicateurs:fiche", pk=actuel.pk)
    contexte = contexte_indicateur(request, actuel, Lien("Deux versions")) | {
        "identifiant": f"indicateur-{actuel.pk}",
        "conflit": face_a_face,
        "quoi": actuel.libelle,
        "adresse": request.path,
        "retour": reverse("indicateurs:fiche", args=[actuel.pk]),
    }
    return render(request, "contrats/conflit.html", contexte, status=409)


def _reprise(request: HttpRequest, indicateur: Indicateur) -> IndicateurForm:
    """Le formulaire rouvert sur la version d’aujourd’hui, avec les deux réponses."""
    contrat, siennes = indicateur.contrat, valeurs_de(indicateur)
    vierge = IndicateurForm(contrat=contrat, initial=siennes)
    initiales = reprise(vierge, request.POST, siennes) | {"version": indicateur.version}
    form = IndicateurForm(contrat=contrat, initial=initiales)
    autre = str(indicateur.modifie_par or "l’outil relié")
    aide_de_la_reprise(form, form.ecriture(siennes), autre)
    return form


def _statut(request: HttpRequest, form: IndicateurForm) -> int:
    return 422 if _est_envoye(request) and form.is_bound and form.errors else 200
