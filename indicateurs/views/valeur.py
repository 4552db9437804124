"""Une valeur et tout ce qu’elle peut dire : qualité, source, répartition, périodes, histoire."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, ErreurMetier
from cls_platform.socle.navigation import Lien
from contrats.views.portes import recu, voir
from indicateurs.forms import MesureForm, ValeurNouvelleForm
from indicateurs.grille.annees import est_entiere
from indicateurs.grille.cles import ANNEES
from indicateurs.grille.periodes import nom_de
from indicateurs.grille.territoires import (
    TOUT_LE_TERRITOIRE,
    noms_des_territoires,
    territoires_de,
)
from indicateurs.models import Indicateur, Mesure, Modalite
from indicateurs.presentation import case_de
from indicateurs.presentation_valeur import (
    a_verifier,
    autres_valeurs,
    histoire_de,
    parts_de,
)
from indicateurs.services.mesures import effacer_mesure, exiger_saisie
from indicateurs.services.valeurs import ajouter_valeur, enregistrer_valeur
from indicateurs.views.portes import avec_version, contexte_indicateur, indicateur_suivi

EFFACER = "effacer"


@require_http_methods(["GET", "HEAD", "POST"])
def valeur(request: HttpRequest, pk: UUID, annee: int) -> HttpResponse:
    """Celle de l’année entière et de tout le territoire."""
    if annee not in ANNEES:
        raise Http404
    indicateur = indicateur_suivi(request, pk)
    exiger_saisie(request.user, indicateur)
    mesure = indicateur.mesures.de_l_ensemble().de_l_annee_entiere(annee).first()
    periode = (date(annee, 1, 1), date(annee, 12, 31))
    return _valeur(request, indicateur, mesure, periode, ("", ""))


@require_http_methods(["GET", "HEAD", "POST"])
def mesure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Celle d’une période plus courte, ou d’une partie du territoire."""
    lue = get_object_or_404(
        Mesure.objects.suivis_par(request.user).select_related("indicateur__contrat"), pk=pk
    )
    exiger_saisie(request.user, lue.indicateur)
    if est_entiere(lue):
        return redirect("indicateurs:valeur", pk=lue.indicateur_id, annee=lue.annee)
    periode = (lue.periode_debut, lue.periode_fin)
    territoire = (lue.niveau_territoire, lue.code_territoire)
    return _valeur(request, lue.indicateur, lue, periode, territoire)


@require_http_methods(["GET", "HEAD", "POST"])
def ajouter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Une période ou un territoire de plus, dans l’année demandée ; `?periode=` la choisit."""
    indicateur = indicateur_suivi(request, pk)
    exiger_saisie(request.user, indicateur)
    annee = _annee_demandee(request)
    form = ValeurNouvelleForm(
        recu(request),
        indicateur=indicateur,
        annee=annee,
        territoires=territoires_de(indicateur.contrat, timezone.localdate()),
        modalites=Modalite.objects.actives().tries(),
    )
    form.initial["periode"] = request.GET.get("periode")
    if request.method == "POST" and form.is_valid():
        try:
            neuve = ajouter_valeur(
                indicateur=indicateur,
                periode=form.la_periode(),
                territoire=form.le_territoire(),
                valeurs=form.valeurs(),
                parts=form.parts(),
                par=request.user,
            )
        except DonneesRefusees as refus:
            form.reporter(refus)
        else:
            messages.success(request, "La valeur est enregistrée.")
            return voir(reverse("indicateurs:valeur", args=[pk, neuve.periode_fin.year]))
    contexte = contexte_indicateur(request, indicateur, Lien("Ajouter une période"))
    contexte |= {
        "form": form,
        "titre": f"{indicateur.libelle} : ajouter une période ou un territoire",
        "annee": annee,
        "retour": reverse("indicateurs:valeur", args=[pk, annee]),
        "conflit": None,
        "mesure": None,
        "autres": (),
        "evenements": None,
        "remarques": (),
    }
    statut = 422 if form.is_bound and form.errors else 200
    return render(request, "indicateurs/valeur.html", contexte, status=statut)


def _annee_demandee(request: HttpRequest) -> int:
    demande = request.GET.get("annee", "")
    if demande.isdecimal() and len(demande) == 4 and int(demande) in ANNEES:
        return int(demande)
    return timezone.localdate().year


def _valeur(
    request: HttpRequest,
    indicateur: Indicateur,
    mesure: Mesure | None,
    periode: tuple[date, date],
    territoire: tuple[str, str],
) -> HttpResponse:
    if request.method == "POST" and request.POST.get("geste") == EFFACER and mesure:
        return _effacer(request, mesure)
    form = _formulaire(request.POST if request.method == "POST" else None, indicateur, mesure)
    conflit = None
    if request.method == "POST" and form.is_valid():
        try:
            enregistrer_valeur(
                indicateur=indicateur,
                periode=periode,
                territoire=territoire,
                valeurs=form.valeurs(),
                parts=form.parts(),
                version=form.cleaned_data["version"],
                par=request.user,
            )
        except ConflitVersion as erreur:
            conflit = erreur.actuel
            form = _formulaire(avec_version(request, conflit.version), indicateur, conflit)
        except DonneesRefusees as erreur:
            form.reporter(erreur)
        else:
            messages.success(request, f"{nom_de(*periode)} : la valeur est enregistrée.")
            return voir(reverse("indicateurs:valeur", args=[indicateur.pk, periode[1].year]))
    contexte = _contexte(request, indicateur, mesure, periode, territoire)
    contexte |= {"form": form, "conflit": conflit}
    if conflit:
        contexte["case_conflit"] = case_de(indicateur, conflit, periode[1].year)
    statut = 409 if conflit else (422 if form.is_bound and form.errors else 200)
    return render(request, "indicateurs/valeur.html", contexte, status=statut)


def _formulaire(donnees: Any, indicateur: Indicateur, mesure: Mesure | None) -> MesureForm:
    return MesureForm(
        donnees,
        indicateur=indicateur,
        mesure=mesure,
        parts=parts_de(mesure),
        modalites=Modalite.objects.actives().tries(),
    )


def _effacer(request: HttpRequest, mesure: Mesure) -> HttpResponse:
    version = request.POST.get("version", "")
    try:
        effacer_mesure(
            mesure=mesure, version=int(version) if version.isdecimal() else 0, par=request.user
        )
    except ErreurMetier as refus:
        messages.error(request, refus.message)
    else:
        messages.success(request, "La valeur est effacée ; son histoire est gardée.")
    annee = mesure.periode_fin.year
    return voir(reverse("indicateurs:valeur", args=[mesure.indicateur_id, annee]))


def _contexte(
    request: HttpRequest,
    indicateur: Indicateur,
    mesure: Mesure | None,
    periode: tuple[date, date],
    territoire: tuple[str, str],
) -> dict[str, Any]:
    annee, nom = periode[1].year, nom_de(*periode)
    noms = noms_des_territoires(indicateur.contrat, timezone.localdate())
    lieu = noms.get(territoire[1], territoire[1])
    entiere = not lieu and periode == (date(annee, 1, 1), date(annee, 12, 31))
    quoi = str(annee) if entiere else f"{nom}, {lieu}" if lieu else nom
    contexte = contexte_indicateur(request, indicateur, Lien(f"Valeur {quoi}"))
    return contexte | {
        "titre": f"{indicateur.libelle}, {quoi[0].lower()}{quoi[1:]}",
        "annee": annee,
        "mesure": mesure,
        "ensemble": TOUT_LE_TERRITOIRE,
        "autres": autres_valeurs(indicateur, annee, noms, sauf=mesure),
        "remarques": a_verifier(indicateur, mesure) if mesure else (),
        "evenements": histoire_de(indicateur, periode, territoire[1]),
        "retour": reverse("indicateurs:fiche", args=[indicateur.pk]),
    }
