"""Les parties au contrat : qui porte, qui signe, qui aide, et les dates de leurs actes."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from acteurs.droits import Droit
from cls_platform.socle.erreurs import ConflitVersion, ErreurMetier
from cls_platform.socle.navigation import Lien
from contrats.forms.choix import choix_d_organisations
from contrats.forms.signature import (
    FormulaireOrganisation,
    FormulairePartie,
    FormulairePartieModifiee,
    valeurs_de_partie,
)
from contrats.models import Contrat, Partie, RolePartie
from contrats.models.organisations import organisations_de
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.services.signature import (
    ajouter_partie,
    creer_organisation,
    modifier_partie,
    retirer_partie,
)
from contrats.views.conflit import REPRENDRE, aide_de_la_reprise, conflit, reprise
from contrats.views.portes import contrat_suivi, recu, voir

ORDRE_DES_ROLES = {place.value: rang for rang, place in enumerate(RolePartie)}


@require_GET
def signataires(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    contexte = contexte_espace(request, contrat, "signataires")
    parties = sorted(contrat.parties.pour_liste(), key=lambda p: ORDRE_DES_ROLES[p.role])
    contexte |= {
        "groupes": [
            (RolePartie(role).label, list(groupe))
            for role, groupe in groupby(parties, key=lambda p: p.role)
        ],
        "peut_modifier": Droit.MODIFIER_CONTRAT in contexte["droits"],
    }
    return render(request, "contrats/signataires.html", contexte)


def _retour(contrat: Contrat) -> str:
    return reverse("contrats:signataires", args=[contrat.pk])


def _formulaire(
    request: HttpRequest, contrat: Contrat, form: Any, titre: str, **plus: Any
) -> HttpResponse:
    contexte = contexte_espace(request, contrat, "signataires", suite=[Lien(titre)]) | {
        "form": form,
        "titre": titre,
        "geste": "Enregistrer",
        "retour": _retour(contrat),
        **plus,
    }
    gabarit = "contrats/partie_ajout.html" if "recherche" in plus else "contrats/formulaire.html"
    return render(request, gabarit, contexte, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def ajouter(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_CONTRAT, contrat)
    recherche = request.GET.get("recherche", "")
    form = FormulairePartie(
        recu(request),
        initial={"acteur": request.GET.get("acteur"), "role": RolePartie.SIGNATAIRE},
    )
    champs: dict[str, Any] = form.fields
    champs["acteur"].proposer(choix_d_organisations(organisations_de(contrat), recherche))
    if request.method == "POST" and form.is_valid():
        try:
            ajouter_partie(contrat=contrat, valeurs=form.valeurs(), par=request.user)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return voir(_retour(contrat))
    return _formulaire(request, contrat, form, "Ajouter une organisation", recherche=recherche)


@require_http_methods(["GET", "POST"])
def creer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Une organisation absente de l’annuaire ; elle revient choisie dans l’ajout."""
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_CONTRAT, contrat)
    form = FormulaireOrganisation(recu(request))
    if request.method == "POST" and form.is_valid():
        try:
            acteur = creer_organisation(contrat=contrat, valeurs=form.valeurs(), par=request.user)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            adresse = reverse("contrats:partie_ajouter", args=[pk])
            return voir(f"{adresse}?recherche={acteur.nom}&acteur={acteur.pk}")
    return _formulaire(request, contrat, form, "Nouvelle organisation")


def _partie_suivie(request: HttpRequest, pk: UUID) -> Partie:
    return get_object_or_404(Partie.objects.suivies_par(request.user), pk=pk)


@require_http_methods(["GET", "POST"])
def modifier(request: HttpRequest, pk: UUID) -> HttpResponse:
    partie = _partie_suivie(request, pk)
    exiger(request.user, Droit.MODIFIER_CONTRAT, partie.contrat)
    titre = partie.acteur.nom
    if REPRENDRE in request.POST:
        return _formulaire(request, partie.contrat, _reprise(request, partie), titre)
    form = FormulairePartieModifiee(recu(request), partie=partie)
    if request.method == "POST" and form.is_valid():
        try:
            modifier_partie(
                partie=partie,
                valeurs=form.valeurs(),
                version=form.cleaned_data["version"],
                par=request.user,
            )
        except ConflitVersion as erreur:
            return _en_conflit(request, partie, form, erreur.actuel)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return voir(_retour(partie.contrat))
    return _formulaire(request, partie.contrat, form, titre)


def _en_conflit(
    request: HttpRequest, partie: Partie, form: FormulairePartieModifiee, actuelle: Partie
) -> HttpResponse:
    siennes = form.ecriture(valeurs_de_partie(actuelle, form.valeurs()))
    face_a_face = conflit(request, actuelle, form.ecriture(form.valeurs()), siennes, form)
    if face_a_face is None:
        return voir(_retour(partie.contrat))
    suite = [Lien("Deux versions")]
    contexte = contexte_espace(request, partie.contrat, "signataires", suite=suite) | {
        "identifiant": f"partie-{partie.pk}",
        "conflit": face_a_face,
        "quoi": partie.acteur.nom,
        "adresse": reverse("contrats:partie_modifier", args=[partie.pk]),
        "retour": _retour(partie.contrat),
    }
    return render(request, "contrats/conflit.html", contexte, status=409)


def _reprise(request: HttpRequest, partie: Partie) -> FormulairePartieModifiee:
    vierge = FormulairePartieModifiee(partie=partie)
    siennes = valeurs_de_partie(partie, vierge.fields)
    initiales = reprise(vierge, request.POST, siennes) | {"version": partie.version}
    form = FormulairePartieModifiee(partie=partie, initial=initiales)
    aide_de_la_reprise(form, form.ecriture(siennes), str(partie.modifie_par or "l’outil relié"))
    return form


@require_http_methods(["GET", "POST"])
def retirer(request: HttpRequest, pk: UUID) -> HttpResponse:
    partie = _partie_suivie(request, pk)
    exiger(request.user, Droit.MODIFIER_CONTRAT, partie.contrat)
    if request.method == "POST":
        retirer_partie(partie=partie, par=request.user)
        return voir(_retour(partie.contrat))
    suite = [Lien("Retirer")]
    contexte = contexte_espace(request, partie.contrat, "signataires", suite=suite) | {
        "titre": "Retirer une organisation",
        "question": f"{partie.acteur.nom} ne sera plus {partie.get_role_display().lower()}.",
        "consequence": "Ses dates de délibération et de signature partent avec elle.",
        "geste": "Retirer",
        "retour": _retour(partie.contrat),
    }
    return render(request, "contrats/confirmation.html", contexte)
