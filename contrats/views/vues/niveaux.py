"""Modifier et supprimer un axe ou un objectif."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees
from cls_platform.socle.navigation import Lien
from contrats.forms.arbre import (
    FormulaireAxeModifie,
    FormulaireObjectifModifie,
    FormulaireSuppression,
    lieux,
)
from contrats.models import Axe, Objectif
from contrats.navigation import contexte_espace
from contrats.services import arbre
from contrats.services.rangs import charpente_de
from contrats.views.edition import Edition, editer
from contrats.views.portes import recu, voir
from contrats.views.vues.organiser import DEPASSE, element

FORMULAIRES: dict[str, Any] = {"axe": FormulaireAxeModifie, "objectif": FormulaireObjectifModifie}
SERVICES: dict[str, Any] = {"axe": arbre.modifier_axe, "objectif": arbre.modifier_objectif}
MODIFIER = {"axe": "Modifier l’axe", "objectif": "Modifier l’objectif"}
SUPPRIMER = {"axe": "Supprimer l’axe", "objectif": "Supprimer l’objectif"}


def _niveau(request: HttpRequest, genre: str, pk: UUID) -> Axe | Objectif:
    if genre not in FORMULAIRES:
        raise Http404
    return element(request, genre, pk)


@require_http_methods(["GET", "POST"])
def modifier(request: HttpRequest, genre: str, pk: UUID) -> HttpResponse:
    objet = _niveau(request, genre, pk)
    edition = Edition(
        objet=objet,
        former=partial(FORMULAIRES[genre], objet=objet),
        ecrire=partial(SERVICES[genre], **{genre: objet}),
        contexte=partial(_coque, request, objet),
        titre=MODIFIER[genre],
        sujet=str(objet),
        retour=_retour(objet),
    )
    return editer(request, edition)


def _coque(request: HttpRequest, objet: Any, *suite: Lien) -> dict[str, Any]:
    fil = [Lien("Organiser", _retour(objet)), *suite]
    return contexte_espace(request, objet.contrat, "plan", suite=fil)


@require_http_methods(["GET", "POST"])
def supprimer(request: HttpRequest, genre: str, pk: UUID) -> HttpResponse:
    """Avec des fiches, propose où les déplacer d’abord."""
    objet = _niveau(request, genre, pk)
    plan = charpente_de(objet.contrat)
    branche, fiches = arbre.branche_de(plan, objet), arbre.fiches_de(plan, objet)
    choix = lieux(plan, sauf={objet.pk, *branche}, avec_sans_axe=False) if fiches else []
    form = FormulaireSuppression(recu(request), choix=choix, initial={"version": objet.version})
    statut = 200
    if request.method == "POST":
        statut = 422
        if form.is_valid():
            try:
                arbre.supprimer_niveau(
                    niveau=objet,
                    version=form.cleaned_data["version"],
                    par=request.user,
                    vers=_destination(objet, form.cleaned_data.get("vers", "")),
                )
            except ConflitVersion:
                statut = 409
                form.add_error(None, DEPASSE)
            except DonneesRefusees as erreur:
                form.add_error(None, erreur.message)
            else:
                return voir(_retour(objet))
    contexte = _coque(request, objet, Lien("Supprimer")) | {
        "form": form,
        "titre": SUPPRIMER[genre],
        "objet": objet,
        "fiches": len(fiches),
        "objectifs": len([o for o in branche if o != objet.pk]),
        "peut": bool(choix) or not fiches,
        "retour": _retour(objet),
    }
    return render(request, "contrats/vues/niveau_supprimer.html", contexte, status=statut)


def _destination(objet: Any, choix: str) -> Any:
    genre, _, cle = choix.partition("-")
    if genre == "axe":
        return objet.contrat.axes.get(pk=cle)
    if genre == "objectif":
        return objet.contrat.objectifs.select_related("axe").get(pk=cle)
    return None


def _retour(objet: Any) -> str:
    return reverse("contrats:organiser", args=[objet.contrat_id])
