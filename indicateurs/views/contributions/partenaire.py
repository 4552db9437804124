"""Les pages du partenaire : ses fiches, et pour chacune un formulaire puis ce qu’il est devenu."""

import secrets
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees
from contrats.models import Contribution, EtatContribution, LienContribution
from contrats.services.contributions import (
    Signature,
    dire_rien_de_nouveau,
    envoyer,
    est_modifiable,
    garder_brouillon,
    sans_page,
)
from contrats.services.envoi_contribution import qui_demande
from contrats.views.portes import en_place, voir
from indicateurs.contribution import etat
from indicateurs.contribution.affichage import fiches_du_lien, proposes_de, reperes_de
from indicateurs.contribution.formulaire import FormulairePartenaire
from indicateurs.views.contributions.portes import contact_de, par_le_lien

ENVOYER, RIEN = "envoyer", "rien"


@par_le_lien
@require_safe
def fiches(request: HttpRequest, lien: LienContribution, jeton: str) -> HttpResponse:
    contributions = lien.contributions.ouvertes().pour_liste()
    contexte = _cadre(lien, jeton) | {"fiches": fiches_du_lien(contributions)}
    return render(request, "indicateurs/partenaire/fiches.html", contexte)


@par_le_lien
@require_http_methods(["GET", "HEAD", "POST"])
def fiche(request: HttpRequest, lien: LienContribution, jeton: str, pk: UUID) -> HttpResponse:
    contribution = _la_sienne(lien, pk)
    if request.method == "POST" and request.POST.get("geste") == RIEN:
        return _noter_rien_de_nouveau(lien, jeton, contribution)
    if request.method == "POST":
        return _recevoir(request, lien, jeton, contribution)
    corrige = "corriger" in request.GET and est_modifiable(contribution)
    if contribution.etat != EtatContribution.A_REMPLIR and not corrige:
        return _recapitulatif(request, lien, jeton, contribution)
    return _page(request, jeton, contribution, _formulaire(contribution))


def _la_sienne(lien: LienContribution, pk: UUID) -> Contribution:
    ouvertes = lien.contributions.ouvertes().select_related("action", "note")
    contribution = get_object_or_404(ouvertes, pk=pk)
    contribution.lien = lien
    return contribution


def _formulaire(contribution: Contribution, *donnees: Any) -> FormulairePartenaire:
    return FormulairePartenaire(
        *donnees,
        etat=etat.lire(contribution),
        contribution=contribution,
        nom=_signature_connue(contribution),
    )


def _signature_connue(contribution: Contribution) -> dict[str, str]:
    """Celle de la fiche, sinon celle du dernier envoi par ce lien."""
    if contribution.nom:
        return {"nom": contribution.nom, "fonction": contribution.fonction}
    derniere = contribution.lien.contributions.signees().recentes().first()
    return {"nom": derniere.nom, "fonction": derniere.fonction} if derniere else {}


def _noter_rien_de_nouveau(
    lien: LienContribution, jeton: str, contribution: Contribution
) -> HttpResponse:
    """D’un geste, depuis la liste ; on y revient."""
    connue = _signature_connue(contribution) or {"nom": "", "fonction": ""}
    dire_rien_de_nouveau(contribution=contribution, signature=Signature(**connue), par=lien)
    return voir(reverse("indicateurs:partenaire", args=[lien.contrat.slug, jeton]))


def _recevoir(
    request: HttpRequest, lien: LienContribution, jeton: str, contribution: Contribution
) -> HttpResponse:
    """Garde d’abord tout ce qui est tapé ; puis envoie, si c’est demandé et que cela se tient."""
    form = _formulaire(contribution, request.POST)
    valide = form.is_valid()
    try:
        gardee = garder_brouillon(
            contribution=contribution,
            saisie=form.brouillon(),
            page=request.POST.get("page", "")[:20],
            version=form.cleaned_data.get("version"),
            par=lien,
        )
    except ConflitVersion as conflit:
        return _en_conflit(request, jeton, contribution, form.brouillon(), conflit.actuel)
    contribution.version, contribution.brouillon_le = gardee.version, gardee.brouillon_le
    if request.POST.get("geste") != ENVOYER:
        return _brouillon_garde(request, jeton, contribution)
    if valide:
        try:
            envoyer(
                contribution=contribution,
                elements=form.elements(),
                signature=form.signee(),
                par=lien,
            )
        except DonneesRefusees as refus:
            form.add_error(None, refus.message)
        else:
            return voir(_adresse(lien, jeton, contribution))
    return _page(request, jeton, contribution, form, statut=422)


def _brouillon_garde(request: HttpRequest, jeton: str, contribution: Contribution) -> HttpResponse:
    if not en_place(request):
        return voir(reverse("indicateurs:partenaire", args=[contribution.lien.contrat.slug, jeton]))
    contexte = _etat_du_brouillon(request, contribution)
    return render(request, "indicateurs/partenaire/fragments/_brouillon.html", contexte)


def _en_conflit(
    request: HttpRequest,
    jeton: str,
    contribution: Contribution,
    saisie: dict[str, str],
    actuelle: Contribution,
) -> HttpResponse:
    """Une autre page a gardé un brouillon : le sien est rendu, l’autre est écrit à côté."""
    autre = sans_page(actuelle.brouillon)
    contribution.brouillon, contribution.version = saisie, actuelle.version
    contribution.brouillon_le = actuelle.brouillon_le
    if en_place(request):
        contexte = _etat_du_brouillon(request, contribution) | {"est_en_conflit": True}
        contexte["version"] = request.POST.get("version", "")
        modele = "indicateurs/partenaire/fragments/_brouillon.html"
        return render(request, modele, contexte, status=409)
    form = _formulaire(contribution)
    for nom, texte in autre.items():
        if nom in form.fields and saisie.get(nom, "") != texte:
            form.fields[nom].help_text = f"Gardé par l’autre page\u00a0: {texte or 'vide'}"
    return _page(request, jeton, contribution, form, statut=409)


def _page(
    request: HttpRequest,
    jeton: str,
    contribution: Contribution,
    form: FormulairePartenaire,
    statut: int = 200,
) -> HttpResponse:
    contexte = _cadre(contribution.lien, jeton) | _etat_du_brouillon(request, contribution)
    contexte |= {
        "contribution": contribution,
        "action": contribution.action,
        "reperes": reperes_de(contribution.action),
        "form": form,
        "est_en_conflit": statut == 409,
    }
    return render(request, "indicateurs/partenaire/fiche.html", contexte, status=statut)


def _etat_du_brouillon(request: HttpRequest, contribution: Contribution) -> dict[str, Any]:
    return {
        "version": contribution.version,
        "page": request.POST.get("page", "")[:20] or secrets.token_hex(6),
        "garde_le": contribution.brouillon_le,
        "est_en_conflit": False,
    }


def _recapitulatif(
    request: HttpRequest, lien: LienContribution, jeton: str, contribution: Contribution
) -> HttpResponse:
    """Ce qui a été envoyé, et ce que la coordination en a fait."""
    contexte = _cadre(lien, jeton) | {
        "contribution": contribution,
        "action": contribution.action,
        "proposes": proposes_de(contribution),
        "peut_corriger": est_modifiable(contribution),
    }
    return render(request, "indicateurs/partenaire/envoye.html", contexte)


def _cadre(lien: LienContribution, jeton: str) -> dict[str, Any]:
    return {
        "lien": lien,
        "contrat": lien.contrat,
        "qui": qui_demande(lien),
        "contact": contact_de(lien.contrat),
        "retour": reverse("indicateurs:partenaire", args=[lien.contrat.slug, jeton]),
        "jeton": jeton,
    }


def _adresse(lien: LienContribution, jeton: str, contribution: Contribution) -> str:
    cles = [lien.contrat.slug, jeton, contribution.pk]
    return reverse("indicateurs:partenaire_fiche", args=cles)
