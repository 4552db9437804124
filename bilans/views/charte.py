"""La charte d’un contrat : choisir ses couleurs, poser ses logos, voir la couverture."""

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from acteurs.droits import Droit
from bilans.forms.charte import CharteForm, LogoForm, RangForm
from bilans.models import CharteBilan, GenreImage, ImageBilan
from bilans.presentation_charte import couleurs_de, couverture_en_petit, mesures
from bilans.services.charte import deplacer_logo, regler_charte
from bilans.services.images import ajouter_image, retirer_image
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, ErreurMetier
from cls_platform.socle.navigation import Lien
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.views.conflit import REPRENDRE, conflit, reprise
from contrats.views.portes import contrat_suivi, recu, voir

TITRE = "Couleurs et logos"
ESSAYER = "essayer"
_COULEUR = re.compile(r"#[0-9a-fA-F]{6}")


def _a_regler(request: HttpRequest, pk: UUID) -> Contrat:
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.REDIGER_BILAN, contrat)
    return contrat


def adresse_de_la_charte(contrat: Contrat) -> str:
    return reverse("bilans:charte", args=[contrat.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def charte(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = _a_regler(request, pk)
    actuelle = CharteBilan.objects.filter(contrat=contrat).first()
    initiales = CharteForm.initiales(actuelle)
    if REPRENDRE in request.POST:
        form = CharteForm(initial={**initiales, **reprise(CharteForm(), request.POST, initiales)})
        return _page(request, contrat, form)
    form = CharteForm(recu(request), initial=initiales)
    if request.method != "POST" or not form.is_valid() or ESSAYER in request.POST:
        return _page(request, contrat, form)
    try:
        version = form.cleaned_data["version"]
        regler_charte(contrat=contrat, **form.valeurs(), version=version, par=request.user)
    except ConflitVersion as erreur:
        return _en_conflit(request, contrat, form, erreur)
    messages.success(request, "Les couleurs sont enregistrées. Le prochain PDF les prendra.")
    return voir(adresse_de_la_charte(contrat))


def _page(
    request: HttpRequest, contrat: Contrat, form: CharteForm, logo: LogoForm | None = None
) -> HttpResponse:
    couleurs = couleurs_de(_vue(form, "couleur_fond"), _vue(form, "couleur_accent"))
    logos = list(contrat.images.logos())
    contexte = contexte_espace(request, contrat, "bilans", suite=[Lien(TITRE)])
    contexte |= {
        "titre": TITRE,
        "form": form,
        "logo": logo or LogoForm(),
        "logos": logos,
        "mesures": mesures(couleurs),
        "vignette": couverture_en_petit(contrat, couleurs, logos, timezone.localdate()),
        "essai": ESSAYER in request.POST and not form.errors,
    }
    statut = 422 if form.errors or (logo and logo.errors) else 200
    return render(request, "bilans/charte.html", contexte, status=statut)


def _vue(form: CharteForm, nom: str) -> str:
    """La couleur à montrer : celle que l’on essaie, si c’en est une."""
    valeur = str(form[nom].value() or "")
    return valeur.lower() if _COULEUR.fullmatch(valeur) else ""


def _en_conflit(
    request: HttpRequest, contrat: Contrat, form: CharteForm, erreur: ConflitVersion
) -> HttpResponse:
    actuelle: Any = erreur.actuel
    couleurs = [nom for nom in form.fields if nom != "version"]
    siennes = CharteForm.initiales(actuelle)
    face_a_face = conflit(
        request,
        actuelle,
        {nom: str(form[nom].value()) for nom in couleurs},
        {nom: siennes[nom] for nom in couleurs},
        form,
    )
    retour = adresse_de_la_charte(contrat)
    if face_a_face is None:
        return voir(retour)
    suite = [Lien(TITRE, retour), Lien("Deux versions")]
    contexte = contexte_espace(request, contrat, "bilans", suite=suite) | {
        "identifiant": "charte",
        "conflit": face_a_face,
        "quoi": TITRE,
        "adresse": retour,
        "retour": retour,
    }
    return render(request, "contrats/conflit.html", contexte, status=409)


@require_POST
def ajouter_logo(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = _a_regler(request, pk)
    form = LogoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            ajouter_image(
                contrat=contrat, genre=GenreImage.LOGO, par=request.user, **form.valeurs()
            )
        except DonneesRefusees as refus:
            form.reporter(refus)
        else:
            messages.success(request, "Le logo est ajouté.")
            return voir(f"{adresse_de_la_charte(contrat)}#logos")
    actuelle = CharteBilan.objects.filter(contrat=contrat).first()
    charte_lue = CharteForm(initial=CharteForm.initiales(actuelle))
    return _page(request, contrat, charte_lue, logo=form)


def _logo(request: HttpRequest, pk: UUID) -> ImageBilan:
    suivies = ImageBilan.objects.suivies_par(request.user).select_related("contrat")
    logo = get_object_or_404(suivies, pk=pk, genre=GenreImage.LOGO)
    exiger(request.user, Droit.REDIGER_BILAN, logo.contrat)
    return logo


@require_POST
def deplacer(request: HttpRequest, pk: UUID) -> HttpResponse:
    logo = _logo(request, pk)
    form = RangForm(request.POST)
    if not form.is_valid():
        raise ErreurMetier("Dites à quelle place mettre ce logo : 1 pour le premier.")
    deplacer_logo(logo=logo, rang=form.cleaned_data["rang"], par=request.user)
    return voir(f"{adresse_de_la_charte(logo.contrat)}#logos")


@require_http_methods(["GET", "HEAD", "POST"])
def retirer(request: HttpRequest, pk: UUID) -> HttpResponse:
    logo = _logo(request, pk)
    retour = f"{adresse_de_la_charte(logo.contrat)}#logos"
    if request.method == "POST":
        retirer_image(image=logo, par=request.user)
        messages.success(request, "Le logo est retiré.")
        return voir(retour)
    suite = [Lien(TITRE, adresse_de_la_charte(logo.contrat)), Lien("Retirer un logo")]
    contexte = contexte_espace(request, logo.contrat, "bilans", suite=suite) | {
        "titre": "Retirer un logo",
        "sujet": logo.alternative,
        "retour": retour,
        "question": "Retirer ce logo des prochains documents ?",
        "consequence": "Les documents déjà publiés le gardent.",
        "geste": "Retirer le logo",
    }
    return render(request, "contrats/confirmation.html", contexte)
