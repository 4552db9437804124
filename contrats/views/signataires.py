"""Les parties au contrat : qui porte, qui signe, qui aide, et les dates de leurs actes."""

from functools import partial
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from acteurs.droits import Droit
from cls_platform.socle.navigation import Lien
from contrats.forms.choix import choix_d_organisations
from contrats.forms.signature import (
    FormulaireOrganisation,
    FormulairePartie,
    FormulairePartieModifiee,
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
from contrats.views.edition import Edition, confirmer, editer
from contrats.views.portes import contrat_suivi

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


def _coque(request: HttpRequest, contrat: Contrat, *suite: Lien) -> dict[str, Any]:
    return contexte_espace(request, contrat, "signataires", suite=suite)


@require_http_methods(["GET", "POST"])
def ajouter(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_CONTRAT, contrat)
    recherche = request.GET.get("recherche", "")

    def former(donnees: Any = None) -> FormulairePartie:
        depart = {"acteur": request.GET.get("acteur"), "role": RolePartie.SIGNATAIRE}
        form = FormulairePartie(donnees, initial=depart)
        champs: dict[str, Any] = form.fields
        champs["acteur"].proposer(choix_d_organisations(organisations_de(contrat), recherche))
        return form

    edition = Edition(
        former=former,
        ecrire=partial(ajouter_partie, contrat=contrat),
        contexte=partial(_coque, request, contrat),
        titre="Ajouter une organisation",
        retour=_retour(contrat),
        gabarit="contrats/partie_ajout.html",
        plus={"recherche": recherche},
    )
    return editer(request, edition)


@require_http_methods(["GET", "POST"])
def creer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Une organisation absente de l’annuaire ; elle revient choisie dans l’ajout."""
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_CONTRAT, contrat)
    ajout = reverse("contrats:partie_ajouter", args=[pk])
    edition = Edition(
        former=FormulaireOrganisation,
        ecrire=partial(creer_organisation, contrat=contrat),
        contexte=partial(_coque, request, contrat),
        suite=lambda acteur: f"{ajout}?recherche={acteur.nom}&acteur={acteur.pk}",
        titre="Nouvelle organisation",
        retour=_retour(contrat),
    )
    return editer(request, edition)


def _partie_suivie(request: HttpRequest, pk: UUID) -> Partie:
    return get_object_or_404(Partie.objects.suivies_par(request.user), pk=pk)


@require_http_methods(["GET", "POST"])
def modifier(request: HttpRequest, pk: UUID) -> HttpResponse:
    partie = _partie_suivie(request, pk)
    exiger(request.user, Droit.MODIFIER_CONTRAT, partie.contrat)
    edition = Edition(
        objet=partie,
        former=partial(FormulairePartieModifiee, objet=partie),
        ecrire=partial(modifier_partie, partie=partie),
        contexte=partial(_coque, request, partie.contrat),
        titre=partie.acteur.nom,
        retour=_retour(partie.contrat),
    )
    return editer(request, edition)


@require_http_methods(["GET", "POST"])
def retirer(request: HttpRequest, pk: UUID) -> HttpResponse:
    partie = _partie_suivie(request, pk)
    exiger(request.user, Droit.MODIFIER_CONTRAT, partie.contrat)
    return confirmer(
        request,
        retirer=partial(retirer_partie, partie=partie),
        contexte=partial(_coque, request, partie.contrat),
        titre="Retirer une organisation",
        question=f"{partie.acteur.nom} ne sera plus {partie.get_role_display().lower()}.",
        consequence="Ses dates de délibération et de signature partent avec elle.",
        geste="Retirer",
        retour=_retour(partie.contrat),
    )
