"""Les bilans d’un contrat, et l’ouverture d’un nouveau."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from acteurs.droits import Droit
from bilans.etats import STATUTS_MODIFIABLES
from bilans.forms import OuvrirBilanForm
from bilans.models import Bilan
from bilans.services.ouverture import ouvrir_bilan
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import exiger


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
    contexte |= {
        "bilans": lignes,
        "form": form,
        "peut_ouvrir": Droit.REDIGER_BILAN in contexte["droits"] and bool(annees),
    }
    statut = 422 if request.method == "POST" else 200
    return render(request, "bilans/liste.html", contexte, status=statut)


def annees_a_ouvrir(contrat: Contrat, bilans: list[Bilan]) -> list[int]:
    """De l’année en cours à la première du contrat, sans celles déjà en préparation."""
    cette_annee = timezone.localdate().year
    debut = contrat.date_debut or contrat.date_signature
    premiere = min(debut.year, cette_annee) if debut else cette_annee
    derniere = min(contrat.date_fin.year, cette_annee) if contrat.date_fin else cette_annee
    en_preparation = {b.annee for b in bilans if b.statut in STATUTS_MODIFIABLES}
    return [a for a in range(derniere, premiere - 1, -1) if a not in en_preparation]
