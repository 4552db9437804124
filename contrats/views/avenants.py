"""Les avenants d’un contrat : la liste, la préparation, la signature, le retrait."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from acteurs.droits import Droit
from cls_platform.socle.erreurs import ConflitVersion, ErreurMetier
from cls_platform.socle.historique import historique
from cls_platform.socle.navigation import Lien
from contrats.forms.avenant import (
    FormulaireAvenant,
    FormulaireAvenantModifie,
    FormulaireSignature,
    valeurs_de_l_avenant,
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
from contrats.views.conflit import REPRENDRE, aide_de_la_reprise, conflit, reprise
from contrats.views.portes import contrat_suivi, recu, voir

PIECE, MODIFIER = "avenants", "Modifier l’avenant"


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
    form = FormulaireAvenant(recu(request))
    if request.method == "POST" and form.is_valid():
        try:
            avenant = preparer_avenant(contrat=contrat, valeurs=form.valeurs(), par=request.user)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return voir(adresse_de_l_avenant(avenant))
    titre = "Préparer un avenant"
    contexte = contexte_espace(request, contrat, PIECE, suite=[Lien(titre)]) | {
        "form": form,
        "titre": titre,
        "geste": "Préparer l’avenant",
        "retour": adresse_de_la_liste(contrat),
    }
    return render(request, "contrats/formulaire.html", contexte, status=422 if form.errors else 200)


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
    if REPRENDRE in request.POST:
        return _formulaire(request, lu, _reprise(request, lu), MODIFIER, "Enregistrer")
    form = FormulaireAvenantModifie(recu(request), avenant=lu)
    if request.method == "POST" and form.is_valid():
        try:
            modifier_avenant(
                avenant=lu,
                valeurs=form.valeurs(),
                version=form.cleaned_data["version"],
                par=request.user,
            )
        except ConflitVersion as erreur:
            return _en_conflit(request, lu, form, erreur.actuel)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return voir(adresse_de_l_avenant(lu))
    return _formulaire(request, lu, form, MODIFIER, "Enregistrer")


def _formulaire(
    request: HttpRequest, avenant: Avenant, form: Any, titre: str, geste: str
) -> HttpResponse:
    contexte = contexte_avenant(request, avenant, Lien(titre)) | {
        "form": form,
        "titre": titre,
        "sujet": f"{avenant}, {avenant.contrat.nom}",
        "geste": geste,
        "retour": adresse_de_l_avenant(avenant),
    }
    return render(request, "contrats/formulaire.html", contexte, status=422 if form.errors else 200)


def _en_conflit(
    request: HttpRequest, avenant: Avenant, form: FormulaireAvenantModifie, actuel: Avenant
) -> HttpResponse:
    siennes = form.ecriture(valeurs_de_l_avenant(actuel))
    face_a_face = conflit(request, actuel, form.ecriture(form.valeurs()), siennes, form)
    if face_a_face is None:
        return voir(adresse_de_l_avenant(avenant))
    contexte = contexte_avenant(request, avenant, Lien("Deux versions")) | {
        "identifiant": f"avenant-{avenant.pk}",
        "conflit": face_a_face,
        "quoi": str(avenant),
        "adresse": reverse("contrats:avenant_modifier", args=[avenant.pk]),
        "retour": adresse_de_l_avenant(avenant),
    }
    return render(request, "contrats/conflit.html", contexte, status=409)


def _reprise(request: HttpRequest, avenant: Avenant) -> FormulaireAvenantModifie:
    vierge = FormulaireAvenantModifie(avenant=avenant)
    siennes = valeurs_de_l_avenant(avenant)
    initiales = reprise(vierge, request.POST, siennes) | {"version": avenant.version}
    form = FormulaireAvenantModifie(avenant=avenant, initial=initiales)
    aide_de_la_reprise(form, form.ecriture(siennes), str(avenant.modifie_par or "l’outil relié"))
    return form


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
    return _formulaire(request, lu, form, "Signer l’avenant", "Signer l’avenant")


@require_http_methods(["GET", "POST"])
def retirer(request: HttpRequest, pk: UUID) -> HttpResponse:
    lu = avenant_modifiable(request, pk)
    if request.method == "POST":
        try:
            retirer_avenant(avenant=lu, par=request.user)
        except ErreurMetier as erreur:
            messages.error(request, erreur.message)
            return voir(adresse_de_l_avenant(lu))
        return voir(adresse_de_la_liste(lu.contrat))
    contexte = contexte_avenant(request, lu, Lien("Retirer")) | {
        "titre": "Retirer l’avenant",
        "question": f"Retirer l’avenant n° {lu.numero}\u202f?",
        "consequence": "Sa prolongation et ses mouvements de communes seront défaits."
        if lu.est_signe
        else "Il n’est pas signé\u00a0: rien d’autre ne change.",
        "geste": "Retirer",
        "retour": adresse_de_l_avenant(lu),
    }
    return render(request, "contrats/confirmation.html", contexte)
