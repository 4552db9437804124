"""Les liens donnés pour écrire l’édito : en créer un, l’envoyer, les voir, en révoquer un."""

import math
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from acteurs.droits import Droit
from bilans.forms.edito import EnvoiLienForm, LienEditoForm
from bilans.models import Bilan, CodeSection, LienEdito
from bilans.services.envoi_edito import adresse_du_lien, envoyer_le_lien, sujet
from bilans.services.liens_edito import LienDonne, donner_lien, lien_donne, revoquer_lien
from bilans.views.ecrire.portes import bilan_a_ecrire, contexte_ecrire
from cls_platform.socle import typographie
from cls_platform.socle.debit import attente
from cls_platform.socle.erreurs import DonneesRefusees
from cls_platform.socle.navigation import Lien
from contrats.permissions import exiger
from contrats.views.portes import recu, voir

TITRE = "Un lien pour écrire le mot de l’élu ou de l’élue"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def liens(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Le secret n’est montré que dans la réponse au geste qui le crée, et à celui qui l’envoie."""
    bilan = bilan_a_ecrire(request, pk)
    form = LienEditoForm(recu(request))
    if request.method != "POST" or not form.is_valid():
        return _page(request, bilan, form)
    valeurs = form.valeurs()
    vers = valeurs.pop("courriel")
    try:
        donne = donner_lien(bilan=bilan, **valeurs, par=request.user)
    except DonneesRefusees as refus:
        form.reporter(refus)
        return _page(request, bilan, form)
    if not vers:
        return _page(request, bilan, LienEditoForm(), donne)
    envoi = EnvoiLienForm({"courriel": vers, "secret": donne.secret}, auto_id="envoi_%s")
    return _envoyer(request, bilan, donne, envoi)


@never_cache
@require_POST
def envoyer(request: HttpRequest, pk: int) -> HttpResponse:
    """Le lien que la page vient de montrer, à une adresse. Un refus revient à côté du champ."""
    lien = _lien_suivi(request, pk)
    bilan = bilan_a_ecrire(request, lien.bilan_id)
    envoi = EnvoiLienForm(request.POST, auto_id="envoi_%s")
    donne = lien_donne(lien=lien, secret=request.POST.get("secret", ""))
    return _envoyer(request, bilan, donne, envoi)


def _envoyer(
    request: HttpRequest, bilan: Bilan, donne: LienDonne, envoi: EnvoiLienForm
) -> HttpResponse:
    if envoi.is_valid() and not _trop(request, envoi):
        vers = envoi.cleaned_data["courriel"]
        try:
            envoyer_le_lien(donne=donne, courriel=vers, par=request.user)
        except DonneesRefusees as refus:
            envoi.reporter(refus)
        else:
            dit = f"Le lien est parti à {vers}. Cette adresse n’est pas gardée."
            messages.success(request, dit)
    return _page(request, bilan, LienEditoForm(), donne, envoi)


def _trop(request: HttpRequest, envoi: EnvoiLienForm) -> bool:
    delai = attente(f"edito-courriel:{request.user.pk}", settings.DEBIT_EDITO_COURRIELS)
    if not delai:
        return False
    attendez = typographie.duree(math.ceil(delai))
    envoi.add_error(
        "courriel",
        f"Trop de courriels envoyés. Recommencez dans {attendez}, ou copiez le lien.",
    )
    return True


def _page(
    request: HttpRequest,
    bilan: Bilan,
    form: LienEditoForm,
    donne: LienDonne | None = None,
    envoi: EnvoiLienForm | None = None,
) -> HttpResponse:
    edito = reverse("bilans:ecrire_section", args=[bilan.pk, CodeSection.EDITO])
    fil = (Lien(CodeSection.EDITO.label, edito), Lien("Lien"))
    contexte = contexte_ecrire(request, bilan, *fil) | {
        "titre": TITRE,
        "form": form,
        "donne": donne.lien if donne else None,
        "liens": bilan.liens_edito.valables().order_by("-cree_le"),
    }
    if donne:
        contexte |= _donne(donne, envoi)
    refuse = form.errors or (envoi and envoi.errors)
    return render(
        request, "bilans/ecrire/liens_edito.html", contexte, status=422 if refuse else 200
    )


def _donne(donne: LienDonne, envoi: EnvoiLienForm | None) -> dict[str, Any]:
    """Le lien à copier, à envoyer, ou à mettre dans un message tout prêt."""
    vers = envoi.data.get("courriel", "") if envoi else ""
    initial = {"secret": donne.secret}
    return {
        "adresse": adresse_du_lien(donne),
        "courriel": _message(donne, vers),
        "est_parti": bool(envoi and not envoi.errors),
        "envoi": envoi or EnvoiLienForm(initial=initial, auto_id="envoi_%s"),
    }


def _message(donne: LienDonne, vers: str) -> str:
    """Un message tout prêt, ouvert par le logiciel de courriel de la personne."""
    corps = (
        f"Bonjour,\n\nVoici la page où écrire votre mot pour le bilan {donne.lien.bilan.annee} :\n"
        f"{adresse_du_lien(donne)}\n\nElle s’ouvre sans compte jusqu’au"
        f" {donne.lien.expire_le:%d/%m/%Y}. Ne la transmettez pas.\n"
    )
    return f"mailto:{quote(vers)}?subject={quote(sujet(donne.lien))}&body={quote(corps)}"


def _lien_suivi(request: HttpRequest, pk: int) -> LienEdito:
    suivis = LienEdito.objects.suivis_par(request.user).select_related("bilan__contrat")
    lien = get_object_or_404(suivis, pk=pk)
    exiger(request.user, Droit.REDIGER_BILAN, lien.bilan.contrat)
    return lien


@require_POST
def revoquer(request: HttpRequest, pk: int) -> HttpResponse:
    lien = _lien_suivi(request, pk)
    revoquer_lien(lien=lien, par=request.user)
    messages.success(request, f"Le lien de {lien.nom} ne vaut plus.")
    return voir(reverse("bilans:edito_liens", args=[lien.bilan_id]))
