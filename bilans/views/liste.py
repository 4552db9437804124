"""Les bilans d’un contrat, sa campagne, et l’ouverture d’un nouveau."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from acteurs.droits import Droit
from bilans.campagne.bandeau import Bandeau, bandeaux
from bilans.etats import STATUTS_MODIFIABLES
from bilans.forms import OuvrirBilanForm
from bilans.models import Bilan
from bilans.services.ouverture import ouvrir_bilan
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import exiger

JUIN = 6


@require_http_methods(["GET", "HEAD", "POST"])
def bilans(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = get_object_or_404(Contrat.objects.suivis_par(request.user), pk=pk)
    lignes = list(contrat.bilans.pour_liste().recents_d_abord())
    annees = annees_a_ouvrir(contrat, lignes)
    if request.method == "POST":
        exiger(request.user, Droit.REDIGER_BILAN, contrat)
    form = OuvrirBilanForm(request.POST or None, annees=annees)
    if request.method == "POST" and form.is_valid():
        try:
            bilan = ouvrir_bilan(
                contrat=contrat, annee=form.cleaned_data["annee"], par=request.user
            )
        except DonneesRefusees as erreur:
            form.add_error("annee", erreur.message)
        else:
            messages.success(request, f"Le bilan {bilan.annee} est ouvert.")
            return redirect("bilans:bilan", pk=bilan.pk)
    contexte = contexte_espace(request, contrat, "bilans")
    contexte |= {"bilans": lignes, "form": form}
    contexte |= _gestes(contrat, lignes, annees, contexte["droits"])
    statut = 422 if request.method == "POST" else 200
    return render(request, "bilans/liste.html", contexte, status=statut)


def _gestes(
    contrat: Contrat, lignes: list[Bilan], annees: list[int], droits: frozenset[Droit]
) -> dict[str, Any]:
    """Une seule action principale : celle de la campagne, à défaut commencer l’année qui suit."""
    le = timezone.localdate()
    ecrit, mene = Droit.REDIGER_BILAN in droits, Droit.MENER_CAMPAGNE in droits
    dits = [
        BandeauMontre(
            bandeau,
            a_ouvrir=ecrit and bandeau.campagne.annee in annees,
            a_mener=mene and bandeau.campagne.contrat_id is not None,
            ecrit=ecrit,
        )
        for bandeau in bandeaux(contrat, lignes, le)
    ]
    des_campagnes = {dit.annee for dit in dits if dit.a_ouvrir}
    proposee = annee_proposee(annees, lignes, le) if ecrit else None
    return {
        "bandeaux": dits,
        "proposee": None if proposee in des_campagnes else proposee,
        "principal": next((dit for dit in dits if dit.a_un_geste), None),
        "peut_ouvrir": ecrit and bool(annees),
        "peut_mener": mene,
    }


@dataclass(frozen=True, slots=True)
class BandeauMontre:
    """Un bandeau et les gestes de qui le lit. `a_ouvrir` : l’année se commence ou se corrige."""

    bandeau: Bandeau
    a_ouvrir: bool
    a_mener: bool
    ecrit: bool

    @property
    def annee(self) -> int:
        return self.bandeau.campagne.annee

    @property
    def commence(self) -> bool:
        return self.a_ouvrir and self.bandeau.peut_commencer

    @property
    def corrige(self) -> bool:
        return self.a_ouvrir and self.bandeau.peut_corriger

    @property
    def continue_(self) -> bool:
        return self.ecrit and self.bandeau.s_ecrit

    @property
    def a_un_geste(self) -> bool:
        return self.commence or self.corrige or self.continue_


def annees_a_ouvrir(contrat: Contrat, bilans: list[Bilan]) -> list[int]:
    """De l’année en cours à la première du contrat, sans celles déjà en préparation."""
    cette_annee = timezone.localdate().year
    debut = contrat.date_debut or contrat.date_signature
    premiere = min(debut.year, cette_annee) if debut else cette_annee
    derniere = min(contrat.date_fin.year, cette_annee) if contrat.date_fin else cette_annee
    en_preparation = {b.annee for b in bilans if b.statut in STATUTS_MODIFIABLES}
    return [a for a in range(derniere, premiere - 1, -1) if a not in en_preparation]


def annee_proposee(annees: list[int], bilans: list[Bilan], le: date) -> int | None:
    """L’année qui suit le dernier bilan ; sans bilan, celle qui vient de finir jusqu’en juin."""
    faites = {bilan.annee for bilan in bilans}
    libres = [annee for annee in annees if annee not in faites]
    if faites:
        return min((annee for annee in libres if annee > max(faites)), default=None)
    voulue = le.year - 1 if le.month <= JUIN else le.year
    return voulue if voulue in libres else next(iter(libres), None)
