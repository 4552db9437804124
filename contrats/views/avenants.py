"""Les avenants d’un contrat : la liste, la préparation, la signature, le retrait."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from acteurs.droits import Droit
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.historique import historique
from cls_platform.socle.navigation import Lien
from contrats.forms.avenant import (
    FormulaireAvenant,
    FormulaireAvenantModifie,
    FormulaireSignature,
)
from contrats.models import Avenant, Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.services.avenants import (
    modifier_avenant,
    preparer_avenant,
    retirer_avenant,
    signer_avenant,
)
from contrats.views.edition import Edition, confirmer, editer
from contrats.views.portes import contrat_suivi, recu, voir

PIECE, SIGNER = "avenants", "Signer l’avenant"


@require_GET
def avenants(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    contexte = contexte_espace(request, contrat, PIECE)
    contexte |= {
        "avenants": contrat.avenants.pour_liste(),
        "peut_modifier": Droit.MODIFIER_CONTRAT in contexte["droits"],
        "le": timezone.localdate(),
    }
    return render(request, "contrats/avenants/liste.html", contexte)


def adresse_de_la_liste(contrat: Contrat) -> str:
    return reverse("contrats:avenants", args=[contrat.pk])


def adresse_de_l_avenant(avenant: Avenant) -> str:
    return reverse("contrats:avenant", args=[avenant.pk])


def avenant_suivi(request: HttpRequest, pk: UUID) -> Avenant:
    return get_object_or_404(Avenant.objects.suivis_par(request.user), pk=pk)


def avenant_modifiable(request: HttpRequest, pk: UUID) -> Avenant:
    avenant = avenant_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_CONTRAT, avenant.contrat)
    return avenant


def contexte_avenant(request: HttpRequest, avenant: Avenant, *suite: Lien) -> dict[str, Any]:
    """La coque d’une page sur un avenant ; `suite` : ce qui le suit dans le fil."""
    ici = Lien(str(avenant), adresse_de_l_avenant(avenant) if suite else "")
    contexte = contexte_espace(request, avenant.contrat, PIECE, suite=[ici, *suite])
    return contexte | {
        "avenant": avenant,
        "peut_modifier": Droit.MODIFIER_CONTRAT in contexte["droits"],
    }


@require_http_methods(["GET", "POST"])
def ajouter(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_CONTRAT, contrat)
    edition = Edition(
        former=FormulaireAvenant,
        ecrire=partial(preparer_avenant, contrat=contrat),
        contexte=lambda *suite: contexte_espace(request, contrat, PIECE, suite=suite),
        suite=adresse_de_l_avenant,
        titre="Préparer un avenant",
        retour=adresse_de_la_liste(contrat),
        geste="Préparer l’avenant",
    )
    return editer(request, edition)


@require_GET
def avenant(request: HttpRequest, pk: UUID) -> HttpResponse:
    lu = avenant_suivi(request, pk)
    contexte = contexte_avenant(request, lu) | {
        "types": lu.types.tries(),
        "entrantes": lu.communes_entrantes.tries().select_related("epci"),
        "sortantes": lu.communes_sortantes.tries().select_related("epci"),
        "evenements": historique(lu, limite=12, sauf=("contrat", "numero")),
        "moi": str(request.user),
    }
    return render(request, "contrats/avenants/avenant.html", contexte)


@require_http_methods(["GET", "POST"])
def modifier(request: HttpRequest, pk: UUID) -> HttpResponse:
    lu = avenant_modifiable(request, pk)
    edition = Edition(
        objet=lu,
        former=partial(FormulaireAvenantModifie, objet=lu),
        ecrire=partial(modifier_avenant, avenant=lu),
        contexte=partial(contexte_avenant, request, lu),
        titre="Modifier l’avenant",
        sujet=f"{lu}, {lu.contrat.nom}",
        retour=adresse_de_l_avenant(lu),
    )
    return editer(request, edition)


@require_http_methods(["GET", "POST"])
def signer(request: HttpRequest, pk: UUID) -> HttpResponse:
    lu = avenant_modifiable(request, pk)
    initiales = {
        "date_signature": timezone.localdate(),
        "date_effet": lu.date_effet,
        "version": lu.version,
    }
    form = FormulaireSignature(recu(request), initial=initiales)
    if request.method == "POST" and form.is_valid():
        try:
            signer_avenant(avenant=lu, par=request.user, **form.cleaned_data)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            messages.success(request, f"{lu} signé.")
            return voir(adresse_de_l_avenant(lu))
    contexte = contexte_avenant(request, lu, Lien(SIGNER)) | {
        "form": form,
        "titre": SIGNER,
        "sujet": f"{lu}, {lu.contrat.nom}",
        "geste": SIGNER,
        "retour": adresse_de_l_avenant(lu),
    }
    return render(request, "contrats/formulaire.html", contexte, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def retirer(request: HttpRequest, pk: UUID) -> HttpResponse:
    lu = avenant_modifiable(request, pk)
    return confirmer(
        request,
        retirer=partial(retirer_avenant, avenant=lu),
        contexte=partial(contexte_avenant, request, lu),
        titre="Retirer l’avenant",
        question=f"Retirer l’avenant n° {lu.numero}\u202f?",
        consequence="Sa prolongation et ses mouvements de communes seront défaits."
        if lu.est_signe
        else "Il n’est pas signé\u00a0: rien d’autre ne change.",
        retour=adresse_de_l_avenant(lu),
        apres=adresse_de_la_liste(lu.contrat),
    )
