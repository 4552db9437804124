"""Modifier et supprimer un axe ou un objectif."""

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
from contrats.views.conflit import REPRENDRE, aide_de_la_reprise, conflit, reprise
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
    formulaire = FORMULAIRES[genre]
    if REPRENDRE in request.POST:
        return _formulaire(request, objet, _reprise(request, objet, formulaire), MODIFIER[genre])
    form = formulaire(recu(request), objet=objet)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            SERVICES[genre](
                **{genre: objet}, valeurs=form.valeurs(), version=version, par=request.user
            )
        except ConflitVersion as erreur:
            return _en_conflit(request, genre, form, erreur.actuel)
        except DonneesRefusees as erreur:
            form.reporter(erreur)
        else:
            return voir(_retour(objet))
    return _formulaire(request, objet, form, MODIFIER[genre])


def _reprise(request: HttpRequest, objet: Any, formulaire: Any) -> Any:
    vierge = formulaire(objet=objet)
    siennes = {n: getattr(objet, n) for n in vierge.fields if n != "version"}
    initiales = reprise(vierge, request.POST, siennes) | {"version": objet.version}
    form = formulaire(objet=objet, initial=initiales)
    autre = objet.modifie_par.nom_complet if objet.modifie_par else "un outil relié"
    aide_de_la_reprise(form, form.ecriture(siennes), autre)
    return form


def _en_conflit(request: HttpRequest, genre: str, form: Any, actuel: Any) -> HttpResponse:
    siennes = form.ecriture({n: getattr(actuel, n) for n in form.valeurs()})
    face_a_face = conflit(request, actuel, form.ecriture(form.valeurs()), siennes, form)
    if face_a_face is None:
        return voir(_retour(actuel))
    suite = [Lien("Organiser", _retour(actuel)), Lien("Deux versions")]
    contexte = contexte_espace(request, actuel.contrat, "plan", suite=suite) | {
        "identifiant": f"{genre}-{actuel.pk}",
        "conflit": face_a_face,
        "quoi": str(actuel),
        "adresse": reverse("contrats:niveau_modifier", args=[genre, actuel.pk]),
        "retour": _retour(actuel),
    }
    return render(request, "contrats/conflit.html", contexte, status=409)


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
    suite = [Lien("Organiser", _retour(objet)), Lien("Supprimer")]
    contexte = contexte_espace(request, objet.contrat, "plan", suite=suite) | {
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


def _formulaire(request: HttpRequest, objet: Any, form: Any, titre: str) -> HttpResponse:
    suite = [Lien("Organiser", _retour(objet)), Lien("Modifier")]
    contexte = contexte_espace(request, objet.contrat, "plan", suite=suite) | {
        "form": form,
        "titre": titre,
        "sujet": str(objet),
        "retour": _retour(objet),
    }
    return render(request, "contrats/formulaire.html", contexte, status=422 if form.errors else 200)
