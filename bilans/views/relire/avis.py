"""Les avis des signataires : demander, relancer, donner le sien, recopier un courrier."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from acteurs.droits import Droit
from bilans.forms.relire import AvisForm, AvisRecuForm, DemandeAvisForm, FormulaireDemande
from bilans.models import AvisBilan, Bilan
from bilans.relecture.avis import avis_montres, courriels_connus, signataires_a_solliciter
from bilans.services import avis as services
from bilans.views.relire.portes import (
    AVIS,
    avis_lu,
    bilan_a_relire,
    contexte_relecture,
    coque,
)
from cls_platform.socle.erreurs import ConflitVersion, DroitRefuse, ErreurMetier
from cls_platform.socle.navigation import Lien
from cls_platform.socle.typographie import pluriel
from contrats.permissions import droits_sur, exiger
from contrats.views.edition import Edition, confirmer, editer
from contrats.views.portes import recu, voir

GET_ET_POST = ["GET", "HEAD", "POST"]
ENTRE_TEMPS = (
    "La demande a changé entre-temps. Votre réponse est gardée\u00a0: relisez-la, puis envoyez."
)


def adresse_des_avis(bilan: Bilan) -> str:
    return reverse("bilans:avis", args=[bilan.pk])


@require_safe
def avis(request: HttpRequest, pk: UUID) -> HttpResponse:
    bilan = bilan_a_relire(request, pk)
    contexte = contexte_relecture(request, bilan, AVIS)
    etat, droits = contexte["etat"], contexte["droits"]
    contexte |= {
        "avis": avis_montres(bilan, etat, request.user, droits),
        "a_solliciter": signataires_a_solliciter(bilan, etat.avis),
    }
    return render(request, "bilans/relire/avis.html", contexte)


@require_http_methods(GET_ET_POST)
def demander(request: HttpRequest, pk: UUID) -> HttpResponse:
    bilan = bilan_a_relire(request, pk)
    exiger(request.user, Droit.REDIGER_BILAN, bilan.contrat)
    deja = list(bilan.avis.all())
    form = DemandeAvisForm(
        recu(request),
        organisations=signataires_a_solliciter(bilan, deja),
        connus=courriels_connus(bilan.contrat),
    )
    if form.is_valid():
        try:
            demandes = services.demander_les_avis(
                bilan=bilan,
                destinataires=form.destinataires(),
                attendu_le=form.cleaned_data["attendu_le"],
                message=form.cleaned_data["message"],
                par=request.user,
            )
        except DroitRefuse:
            raise
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            fait = pluriel(len(demandes), "avis demandé", "avis demandés")
            messages.success(request, f"{fait}. Les courriels partent dans l’instant.")
            return voir(adresse_des_avis(bilan))
    contexte = coque(request, bilan, _des_avis(bilan), Lien("Demander des avis"))
    contexte |= {"bilan": bilan, "form": form, "retour": adresse_des_avis(bilan)}
    statut = 422 if form.errors else 200
    return render(request, "bilans/relire/demander_avis.html", contexte, status=statut)


@require_http_methods(GET_ET_POST)
def rendre(request: HttpRequest, pk: UUID) -> HttpResponse:
    lu = avis_lu(request, pk)
    if not services.peut_rendre(lu, request.user, droits_sur(request.user, lu.bilan.contrat)):
        raise DroitRefuse(services.PAS_SON_ORGANISATION)
    form = AvisForm(recu(request), initial={"version": lu.version})
    titre = "Donner notre avis"
    return _recevoir(request, lu, form, titre, lambda: _donner(request, lu, form))


@require_http_methods(GET_ET_POST)
def recopier(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Un avis reçu par courrier."""
    lu = avis_lu(request, pk)
    exiger(request.user, Droit.REDIGER_BILAN, lu.bilan.contrat)
    form = AvisRecuForm(recu(request), initial={"version": lu.version})
    titre = "Recopier un avis reçu"
    return _recevoir(request, lu, form, titre, lambda: _recopier(request, lu, form))


def _donner(request: HttpRequest, lu: AvisBilan, form: AvisForm) -> None:
    services.rendre_avis(avis=lu, par=request.user, **form.cleaned_data)


def _recopier(request: HttpRequest, lu: AvisBilan, form: AvisRecuForm) -> None:
    version = form.cleaned_data["version"]
    reponse = form.reponse()
    services.saisir_un_avis_recu(avis=lu, reponse=reponse, version=version, par=request.user)


def _recevoir(
    request: HttpRequest, lu: AvisBilan, form: Any, titre: str, ecrire: Any
) -> HttpResponse:
    """Le formulaire, son refus, ou la suite ; un avis changé entre-temps se relit d’abord."""
    if lu.rendu_le:
        messages.warning(request, services.DEJA_RENDU)
        return voir(adresse_des_avis(lu.bilan))
    statut = 200
    if form.is_bound and form.is_valid():
        try:
            ecrire()
        except DroitRefuse:
            raise
        except ConflitVersion as conflit:
            statut = 409
            form = _a_jour(form, conflit.actuel.version)
            form.add_error(None, ENTRE_TEMPS)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            messages.success(request, "L’avis est noté. Il restera avec ce bilan.")
            return voir(adresse_des_avis(lu.bilan))
    statut = 422 if form.errors and statut == 200 else statut
    contexte = coque(request, lu.bilan, _des_avis(lu.bilan), Lien(titre)) | {
        "bilan": lu.bilan,
        "avis": lu,
        "form": form,
        "titre": titre,
        "retour": adresse_des_avis(lu.bilan),
    }
    return render(request, "bilans/relire/rendre_avis.html", contexte, status=statut)


def _a_jour(form: Any, version: int) -> Any:
    """Le même envoi, sur la version d’aujourd’hui."""
    donnees = form.data.copy()
    donnees["version"] = str(version)
    neuf = type(form)(donnees)
    neuf.is_valid()
    return neuf


@require_POST
def relancer(request: HttpRequest, pk: UUID) -> HttpResponse:
    lu = avis_lu(request, pk)
    try:
        services.relancer(avis=lu, par=request.user)
    except DroitRefuse:
        raise
    except ErreurMetier as erreur:
        messages.error(request, erreur.message)
    else:
        messages.success(request, f"Le courriel part dans l’instant à {lu.courriel}.")
    return voir(adresse_des_avis(lu.bilan))


@require_http_methods(GET_ET_POST)
def modifier(request: HttpRequest, pk: UUID) -> HttpResponse:
    lu = _demande_modifiable(request, pk)
    edition = Edition(
        objet=lu,
        former=partial(FormulaireDemande, objet=lu),
        ecrire=partial(services.modifier_la_demande, avis=lu),
        contexte=partial(coque, request, lu.bilan, _des_avis(lu.bilan)),
        titre="Modifier la demande d’avis",
        sujet=lu.acteur.nom,
        retour=adresse_des_avis(lu.bilan),
    )
    return editer(request, edition)


@require_http_methods(GET_ET_POST)
def retirer(request: HttpRequest, pk: UUID) -> HttpResponse:
    lu = _demande_modifiable(request, pk)
    return confirmer(
        request,
        retirer=partial(services.retirer_la_demande, avis=lu, version=None),
        contexte=partial(coque, request, lu.bilan, _des_avis(lu.bilan)),
        titre="Retirer la demande d’avis",
        question=f"Ne plus demander l’avis de {lu.acteur.nom}\u202f?",
        consequence="Le lien déjà envoyé ne vaudra plus.",
        retour=adresse_des_avis(lu.bilan),
    )


def _demande_modifiable(request: HttpRequest, pk: UUID) -> AvisBilan:
    lu = avis_lu(request, pk)
    exiger(request.user, Droit.REDIGER_BILAN, lu.bilan.contrat)
    return lu


def _des_avis(bilan: Bilan) -> Lien:
    return Lien("Avis", adresse_des_avis(bilan))
