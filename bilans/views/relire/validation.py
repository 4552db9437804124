"""La validation en comité de pilotage, les visas, et ce qui se vérifie avant de publier."""

from functools import partial
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from acteurs.droits import Droit
from bilans.controles import Controle, Sujet, controles
from bilans.etats import StatutBilan
from bilans.forms.relire import FormulaireValidation, VisaForm
from bilans.models import AuNomDe, Bilan, VisaBilan
from bilans.relecture.etat import EtatRelecture
from bilans.services import validation as services
from bilans.views.relire.portes import (
    VALIDER,
    VERIFIER,
    bilan_a_relire,
    contexte_relecture,
    coque,
)
from cls_platform.socle.erreurs import DroitRefuse, ErreurMetier
from contrats.models import EtatPresence, Reunion
from contrats.permissions import exiger
from contrats.views.edition import Edition, confirmer, editer
from contrats.views.portes import recu, voir

GET_ET_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_ET_POST)
def valider(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`reunion` dans l’adresse : sa date, son lieu et ses présents sont repris."""
    bilan = bilan_a_relire(request, pk)
    if request.method == "POST":
        exiger(request.user, Droit.PUBLIER_BILAN, bilan.contrat)
    reunions = _reunions(bilan)
    form = _formulaire(request, bilan, reunions, recu(request))
    if form.is_valid():
        try:
            _noter(request, bilan, form.valeurs())
        except DroitRefuse:
            raise
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            messages.success(request, "La validation est notée\u00a0: le bilan est validé.")
            return voir(_adresse(bilan))
    contexte = contexte_relecture(request, bilan, VALIDER)
    peut_publier = Droit.PUBLIER_BILAN in contexte["droits"]
    contexte |= {
        "form": form,
        "reunions": reunions,
        "reprise": reunions.filter(pk=_cle(str(form["reunion"].value() or ""))).first(),
        "presents": _presents(contexte["etat"]),
        "peut_valider": peut_publier and bilan.statut == StatutBilan.RELECTURE,
        "peut_corriger": peut_publier and bilan.statut == StatutBilan.VALIDE,
        "visas": _visas(bilan, contexte["etat"], contexte["droits"]),
    }
    statut = 422 if form.errors else 200
    return render(request, "bilans/relire/valider.html", contexte, status=statut)


def _noter(request: HttpRequest, bilan: Bilan, valeurs: dict[str, Any]) -> None:
    presents, sha256 = valeurs.pop("presents"), valeurs.pop("sha256")
    services.valider(
        bilan=bilan, valeurs=valeurs, presents=presents, sha256=sha256, par=request.user
    )


def _formulaire(
    request: HttpRequest, bilan: Bilan, reunions: Any, envoye: QueryDict | None
) -> FormulaireValidation:
    choisie = reunions.filter(pk=_cle(request.GET.get("reunion", ""))).first()
    initiales: dict[str, Any] = {"sha256": bilan.sha256}
    if choisie:
        presentes = choisie.presences.filter(etat=EtatPresence.PRESENT).select_related("acteur")
        initiales |= {
            "reunion": choisie.pk,
            "date": choisie.date,
            "lieu": choisie.lieu,
            "presents": [presence.acteur for presence in presentes],
        }
    form = FormulaireValidation(envoye, contrat=bilan.contrat, reunions=reunions, initial=initiales)
    form.fields["reunion"].widget = form.fields["reunion"].hidden_widget()
    return form


def _cle(texte: str) -> UUID | None:
    try:
        return UUID(texte)
    except ValueError:
        return None


def _reunions(bilan: Bilan) -> Any:
    """Celles du contrat qui sont passées, la plus récente d’abord."""
    du_contrat = Reunion.objects.du_contrat(bilan.contrat).recentes_d_abord()
    return du_contrat.filter(date__lte=timezone.localdate()).exclude(etat="ANNULEE")


def _presents(etat: EtatRelecture) -> list[Any]:
    return list(etat.validation.presents.tries()) if etat.validation else []


def _visas(bilan: Bilan, etat: EtatRelecture, droits: frozenset[Droit]) -> list[dict[str, Any]]:
    """Chaque visa, et ce que la personne peut en faire."""
    ouvert = bilan.statut in services.STATUTS_VISES
    lus = []
    for lu in etat.visas:
        a_le_droit = services.DROIT_DU_VISA[lu.au_nom_de] in droits
        pret = ouvert and bilan.a_un_pdf
        lus.append(
            {
                "lu": lu,
                "peut_viser": a_le_droit and pret and (lu.visa is None or lu.est_caduc),
                "peut_retirer": a_le_droit and lu.visa is not None and bilan.est_modifiable,
                "attend_un_pdf": a_le_droit and ouvert and not bilan.a_un_pdf,
                "form": VisaForm(auto_id=f"id_{lu.au_nom_de.lower()}_%s", initial=_lu(bilan)),
            }
        )
    return lus


def _lu(bilan: Bilan) -> dict[str, str]:
    return {"sha256": bilan.sha256}


@require_http_methods(GET_ET_POST)
def corriger(request: HttpRequest, pk: UUID) -> HttpResponse:
    bilan = bilan_a_relire(request, pk)
    exiger(request.user, Droit.PUBLIER_BILAN, bilan.contrat)
    validation = getattr(bilan, "validation", None)
    if validation is None:
        raise Http404

    def ecrire(*, valeurs: dict[str, Any], version: int, par: Any) -> Any:
        presents = valeurs.pop("presents")
        del valeurs["sha256"]
        return services.corriger_la_validation(
            validation=validation, valeurs=valeurs, presents=presents, version=version, par=par
        )

    former = partial(
        FormulaireValidation, contrat=bilan.contrat, reunions=_reunions(bilan), objet=validation
    )
    edition = Edition(
        objet=validation,
        former=former,
        ecrire=ecrire,
        contexte=partial(coque, request, bilan),
        titre="Corriger la validation",
        retour=_adresse(bilan),
    )
    return editer(request, edition)


@require_POST
def viser(request: HttpRequest, pk: UUID, au_nom_de: str) -> HttpResponse:
    bilan = bilan_a_relire(request, pk)
    code = au_nom_de.upper()
    if code not in AuNomDe.values:
        raise Http404
    form = VisaForm(request.POST)
    dites = form.cleaned_data if form.is_valid() else {"sha256": "", "observations": ""}
    try:
        services.viser(bilan=bilan, au_nom_de=code, par=request.user, **dites)
    except DroitRefuse:
        raise
    except ErreurMetier as erreur:
        messages.error(request, erreur.message)
    else:
        messages.success(request, "Le visa est donné, sur ce PDF.")
    return voir(f"{_adresse(bilan)}#visas")


@require_http_methods(GET_ET_POST)
def retirer_visa(request: HttpRequest, pk: UUID) -> HttpResponse:
    suivis = VisaBilan.objects.suivis_par(request.user).select_related("bilan__contrat")
    visa = get_object_or_404(suivis, pk=pk)
    exiger(request.user, services.DROIT_DU_VISA[visa.au_nom_de], visa.bilan.contrat)
    return confirmer(
        request,
        retirer=partial(services.retirer_le_visa, visa=visa, version=None),
        contexte=partial(coque, request, visa.bilan),
        titre="Retirer le visa",
        question=f"Retirer le visa donné par {visa.par_nom}\u202f?",
        consequence="L’historique garde qui l’avait donné, et quand.",
        retour=_adresse(visa.bilan),
    )


@require_safe
def verifier(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ce qui bloque et ce qui se dit, par sujet, avec le geste qui répare ; et le bouton."""
    bilan = bilan_a_relire(request, pk)
    trouves = controles(bilan)
    contexte = contexte_relecture(request, bilan, VERIFIER)
    bloquants = [c for c in trouves if c.bloque]
    contexte |= {
        "bloquants": par_sujet(bloquants),
        "avertissements": par_sujet([c for c in trouves if not c.bloque]),
        "nombre_bloquants": len(bloquants),
        "nombre_avertissements": len(trouves) - len(bloquants),
        "peut_publier": Droit.PUBLIER_BILAN in contexte["droits"] and bilan.est_modifiable,
    }
    return render(request, "bilans/relire/verifier.html", contexte)


def par_sujet(trouves: list[Controle]) -> list[tuple[str, list[Controle]]]:
    """(sujet, contrôles), dans l’ordre des sujets."""
    ordre = list(Sujet)
    ranges = sorted(trouves, key=lambda c: ordre.index(c.sujet))
    return [(str(sujet), list(suite)) for sujet, suite in groupby(ranges, lambda c: c.sujet)]


def _adresse(bilan: Bilan) -> str:
    return reverse("bilans:valider", args=[bilan.pk])
