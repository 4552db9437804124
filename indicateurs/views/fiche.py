"""Un indicateur : sa définition, sa courbe, ses valeurs ; l’ajouter, le modifier."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from acteurs.droits import Droit
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees
from cls_platform.socle.historique import historique
from cls_platform.socle.navigation import Lien
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from indicateurs import graphiques
from indicateurs.forms import IndicateurForm, MesureForm
from indicateurs.lecture import serie_de
from indicateurs.models import Indicateur, Mesure
from indicateurs.presentation import case_de
from indicateurs.services.indicateurs import creer_indicateur, modifier_indicateur
from indicateurs.services.mesures import exiger_saisie, peut_saisir, saisir_annee


def indicateur_suivi(request: HttpRequest, pk: UUID) -> Indicateur:
    return get_object_or_404(
        Indicateur.objects.suivis_par(request.user).select_related("contrat", "axe"), pk=pk
    )


@require_safe
def fiche(request: HttpRequest, pk: UUID) -> HttpResponse:
    indicateur = indicateur_suivi(request, pk)
    mesures = list(indicateur.mesures.chronologiques().select_related("modifie_par"))
    contexte = contexte_indicateur(request, indicateur)
    contexte |= {
        "lignes": [(m, case_de(indicateur, m, m.annee)) for m in reversed(mesures)],
        "dessins": dessins(indicateur, mesures),
        "actions": indicateur.actions.lisibles_par(request.user).dans_l_ordre(),
        "peut_saisir": peut_saisir(request.user, indicateur),
        "peut_modifier": Droit.GERER_INDICATEURS in contexte["droits"],
        "cette_annee": timezone.localdate().year,
        "evenements": historique(indicateur, limite=12),
    }
    return render(request, "indicateurs/fiche.html", contexte)


def contexte_indicateur(
    request: HttpRequest, indicateur: Indicateur, *suite: Lien
) -> dict[str, Any]:
    adresse = reverse("indicateurs:fiche", args=[indicateur.pk]) if suite else ""
    etapes = [Lien(indicateur.libelle, adresse), *suite]
    contexte = contexte_espace(request, indicateur.contrat, "indicateurs", suite=etapes)
    return contexte | {"indicateur": indicateur}


def dessins(indicateur: Indicateur, mesures: list[Mesure]) -> list[tuple[str, Any]]:
    """Le même graphique en deux largeurs, pour l’écran large et pour le téléphone."""
    serie = serie_de(indicateur, mesures)
    annee = max((m.annee for m in mesures), default=timezone.localdate().year)
    largeurs = (("cache-etroit", graphiques.LARGE), ("cache-large", graphiques.ETROIT))
    specs = (
        (nom, graphiques.choisir(serie, annee, largeur=largeur, avec_axe=True))
        for nom, largeur in largeurs
    )
    return [
        (nom, mark_safe(graphiques.dessiner(spec)))  # noqa: S308  (SVG produit par le socle)
        for nom, spec in specs
        if spec is not None
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def valeur(request: HttpRequest, pk: UUID, annee: int) -> HttpResponse:
    """La valeur d’une année avec sa qualité, sa source ; un rapport se saisit ici."""
    indicateur = indicateur_suivi(request, pk)
    exiger_saisie(request.user, indicateur)
    mesure = indicateur.mesures.filter(annee=annee).first()
    repris = request.GET if "version" in request.GET else None
    form = MesureForm(request.POST or repris, indicateur=indicateur, mesure=mesure)
    conflit = None
    if request.method == "POST" and form.is_valid():
        try:
            saisir_annee(
                indicateur=indicateur,
                annee=annee,
                valeurs=form.valeurs(),
                version=form.cleaned_data["version"],
                par=request.user,
            )
        except ConflitVersion as erreur:
            conflit = erreur.actuel
            form = MesureForm(
                avec_version(request, conflit.version),
                indicateur=indicateur,
                mesure=conflit,
            )
        except DonneesRefusees as erreur:
            form.reporter(erreur)
        else:
            messages.success(request, f"La valeur {annee} est enregistrée.")
            return redirect("indicateurs:fiche", pk=pk)
    contexte = contexte_indicateur(request, indicateur, Lien(f"Valeur {annee}"))
    contexte |= {
        "form": form,
        "annee": annee,
        "conflit": conflit,
        "case_conflit": case_de(indicateur, conflit, annee) if conflit else None,
    }
    statut = 409 if conflit else (422 if form.is_bound and form.errors else 200)
    return render(request, "indicateurs/valeur.html", contexte, status=statut)


@require_http_methods(["GET", "HEAD", "POST"])
def ajouter(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = get_object_or_404(Contrat.objects.suivis_par(request.user), pk=pk)
    exiger(request.user, Droit.GERER_INDICATEURS, contrat)
    form = IndicateurForm(
        request.POST or None,
        contrat=contrat,
        initial={
            "est_public": True,
            "version": 0,
            "actions": request.GET.getlist("action"),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            indicateur = creer_indicateur(contrat=contrat, valeurs=form.valeurs(), par=request.user)
        except DonneesRefusees as erreur:
            form.reporter(erreur)
        else:
            messages.success(request, "L’indicateur est ajouté. Saisissez sa première valeur.")
            return redirect("indicateurs:fiche", pk=indicateur.pk)
    contexte = contexte_espace(request, contrat, "indicateurs", suite=[Lien("Ajouter")])
    contexte |= {"form": form, "titre": "Ajouter un indicateur", "conflit": None}
    return render(request, "indicateurs/formulaire.html", contexte, status=statut_de(form))


@require_http_methods(["GET", "HEAD", "POST"])
def modifier(request: HttpRequest, pk: UUID) -> HttpResponse:
    indicateur = indicateur_suivi(request, pk)
    exiger(request.user, Droit.GERER_INDICATEURS, indicateur.contrat)
    form = formulaire_de(request, indicateur)
    conflit = None
    if request.method == "POST" and form.is_valid():
        try:
            modifier_indicateur(
                indicateur=indicateur,
                valeurs=form.valeurs(),
                version=form.cleaned_data["version"],
                par=request.user,
            )
        except ConflitVersion as erreur:
            conflit = erreur.actuel
            form = IndicateurForm(
                avec_version(request, conflit.version), contrat=indicateur.contrat
            )
        except DonneesRefusees as erreur:
            form.reporter(erreur)
        else:
            messages.success(request, "L’indicateur est modifié.")
            return redirect("indicateurs:fiche", pk=pk)
    contexte = contexte_indicateur(request, indicateur, Lien("Modifier"))
    contexte |= {"form": form, "titre": "Modifier l’indicateur", "conflit": conflit}
    return render(
        request, "indicateurs/formulaire.html", contexte, status=409 if conflit else statut_de(form)
    )


def formulaire_de(request: HttpRequest, indicateur: Indicateur) -> IndicateurForm:
    champs = IndicateurForm.base_fields.keys() - {"actions"}
    initial: dict[str, Any] = {nom: getattr(indicateur, nom) for nom in champs}
    initial["actions"] = indicateur.actions.values_list("pk", flat=True)
    return IndicateurForm(request.POST or None, contrat=indicateur.contrat, initial=initial)


def statut_de(form: IndicateurForm) -> int:
    return 422 if form.is_bound and form.errors else 200


def avec_version(request: HttpRequest, version: int) -> Any:
    """Ce qui a été tapé, prêt à être enregistré par-dessus la version actuelle."""
    donnees = request.POST.copy()
    donnees["version"] = str(version)
    return donnees
