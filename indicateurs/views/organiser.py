"""Les définitions d’un contrat : les relire d’un coup d’œil, les ranger, en supprimer une."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from acteurs.droits import Droit
from cls_platform.socle import typographie
from cls_platform.socle.erreurs import ConflitVersion
from cls_platform.socle.navigation import Lien
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.views.portes import contrat_suivi
from indicateurs.calcul.formule import formules_qui_citent
from indicateurs.catalogue import conseil, ecarts
from indicateurs.filters import IndicateurFilterSet
from indicateurs.models import Indicateur
from indicateurs.services.indicateurs import deplacer_indicateur, supprimer_indicateur
from indicateurs.views.portes import contexte_indicateur, indicateur_suivi

VERS = ("monter", "descendre")
FILTRES = ("recherche", "type", "niveau", "calcul")


@require_safe
def definitions(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    tous: Any = contrat.indicateurs.pour_definitions()
    demandes = {n: request.GET.getlist(n) for n in FILTRES if any(request.GET.getlist(n))}
    simples = {n: v if n in ("type", "niveau", "calcul") else v[0] for n, v in demandes.items()}
    filtre = IndicateurFilterSet(simples, queryset=tous, par=request.user)
    filtre.exiger_valide()
    lus = list(filtre.qs)
    contexte = contexte_espace(request, contrat, "indicateurs", suite=[Lien("Définitions")])
    contexte |= {
        "lignes": [(i, len(ecarts(i))) for i in lus],
        "est_filtre": bool(demandes),
        "filtre": filtre,
        "total": contrat.indicateurs.count(),
        "conseil": conseil(contrat.indicateurs.publics().count()),
        "peut_gerer": Droit.GERER_INDICATEURS in contexte["droits"],
    }
    return render(request, "indicateurs/definition/definitions.html", contexte)


@require_POST
def deplacer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """D’un rang vers le haut ou le bas ; au bout, rien ne bouge."""
    indicateur = indicateur_suivi(request, pk)
    exiger(request.user, Droit.GERER_INDICATEURS, indicateur.contrat)
    vers = request.POST.get("vers", "monter")
    if vers not in VERS:
        raise BadRequest("Dites « monter » ou « descendre ».")
    deplacer_indicateur(indicateur=indicateur, vers=vers, par=request.user)
    adresse = reverse("indicateurs:definitions", args=[indicateur.contrat_id])
    return redirect(f"{adresse}#indicateur-{indicateur.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def supprimer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """On dit ce qui part, puis on confirme."""
    indicateur = indicateur_suivi(request, pk)
    contrat = indicateur.contrat
    exiger(request.user, Droit.GERER_INDICATEURS, contrat)
    if request.method == "POST":
        try:
            supprimer_indicateur(indicateur=indicateur, version=_version(request), par=request.user)
        except ConflitVersion:
            messages.warning(
                request, "Cet indicateur a changé entre-temps. Relisez avant de le supprimer."
            )
            return redirect("indicateurs:supprimer", pk=pk)
        messages.success(request, f"«\u00a0{indicateur.libelle}\u00a0» est supprimé.")
        return redirect("indicateurs:definitions", pk=contrat.pk)
    contexte = contexte_indicateur(request, indicateur, Lien("Supprimer")) | {
        "part": ce_qui_part(indicateur),
        "formules": formules_qui_citent(indicateur),
    }
    return render(request, "indicateurs/definition/supprimer.html", contexte)


def _version(request: HttpRequest) -> int | None:
    lue = request.POST.get("version", "")
    return int(lue) if lue.isdecimal() else None


def ce_qui_part(indicateur: Indicateur) -> list[str]:
    """Chaque chose qu’emporte la suppression, comptée."""
    comptes = (
        (indicateur.mesures.count(), "valeur saisie", "valeurs saisies"),
        (indicateur.cibles_intermediaires.count(), "cible intermédiaire", "cibles intermédiaires"),
        (indicateur.recits.count(), "histoire de la courbe", "histoires de la courbe"),
        (indicateur.effets.count(), "effet attendu", "effets attendus"),
        (indicateur.actions.count(), "lien avec une action", "liens avec des actions"),
    )
    return [
        f"{typographie.nombre(combien)} {un if combien == 1 else plusieurs}"
        for combien, un, plusieurs in comptes
        if combien
    ]
