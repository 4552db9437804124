"""Les liens donnés pour écrire l’édito : en créer un, les voir, en révoquer un."""

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
from bilans.forms.edito import LienEditoForm
from bilans.models import Bilan, CodeSection, LienEdito
from bilans.services.liens_edito import LienDonne, donner_lien, revoquer_lien
from bilans.views.ecrire.portes import bilan_a_ecrire, contexte_ecrire, titre_du_bilan
from cls_platform.socle.erreurs import DonneesRefusees
from cls_platform.socle.navigation import Lien
from contrats.permissions import exiger
from contrats.views.portes import recu, voir

TITRE = "Un lien pour écrire le mot de l’élu ou de l’élue"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def liens(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Le secret n’est montré que dans la réponse au geste qui le crée."""
    bilan = bilan_a_ecrire(request, pk)
    form, donne = LienEditoForm(recu(request)), None
    if request.method == "POST" and form.is_valid():
        try:
            donne = donner_lien(bilan=bilan, **form.valeurs(), par=request.user)
        except DonneesRefusees as refus:
            form.reporter(refus)
        else:
            form = LienEditoForm()
    edito = reverse("bilans:ecrire_section", args=[pk, CodeSection.EDITO])
    fil = (Lien(CodeSection.EDITO.label, edito), Lien("Lien"))
    contexte = contexte_ecrire(request, bilan, *fil) | {
        "titre": TITRE,
        "form": form,
        "donne": donne.lien if donne else None,
        "adresse": adresse_publique(donne) if donne else "",
        "courriel": _message(bilan, donne) if donne else "",
        "liens": bilan.liens_edito.valables().order_by("-cree_le"),
    }
    statut = 422 if form.errors else 200
    return render(request, "bilans/ecrire/liens_edito.html", contexte, status=statut)


def adresse_publique(donne: LienDonne) -> str:
    slug = donne.lien.bilan.contrat.slug
    chemin = reverse("bilans:edito_par_lien", args=[slug, donne.secret])
    return f"{settings.ADRESSE_PUBLIQUE}{chemin}"


def _message(bilan: Bilan, donne: LienDonne) -> str:
    """Un message tout prêt, ouvert par le logiciel de courriel de la personne."""
    sujet = f"{titre_du_bilan(bilan)} de {bilan.contrat.nom}\u00a0: votre mot"
    corps = (
        f"Bonjour,\n\nVoici la page où écrire votre mot pour le bilan {bilan.annee} :\n"
        f"{adresse_publique(donne)}\n\nElle s’ouvre sans compte jusqu’au"
        f" {donne.lien.expire_le:%d/%m/%Y}. Ne la transmettez pas.\n"
    )
    return f"mailto:{quote(donne.lien.courriel)}?subject={quote(sujet)}&body={quote(corps)}"


@require_POST
def revoquer(request: HttpRequest, pk: int) -> HttpResponse:
    suivis = LienEdito.objects.suivis_par(request.user).select_related("bilan__contrat")
    lien = get_object_or_404(suivis, pk=pk)
    exiger(request.user, Droit.REDIGER_BILAN, lien.bilan.contrat)
    revoquer_lien(lien=lien, par=request.user)
    messages.success(request, f"Le lien de {lien.nom} ne vaut plus.")
    return voir(reverse("bilans:edito_liens", args=[lien.bilan_id]))
