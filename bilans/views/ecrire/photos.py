"""Les photos d’un contrat : les recevoir, les décrire, les montrer à l’équipe, les retirer."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from acteurs.droits import Droit
from bilans.forms.images import DecrireForm, PhotoForm
from bilans.models import GenreImage, ImageBilan
from bilans.services.images import ajouter_image, decrire_image, retirer_image
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse, ErreurMetier
from cls_platform.socle.navigation import Lien
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.views.portes import contrat_suivi, recu, voir

TITRE = "Photos"
CHANGEE = "Cette description a changé entre-temps\u00a0: {}. Enregistrez pour garder la vôtre."


@require_http_methods(["GET", "HEAD", "POST"])
def photos(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.REDIGER_BILAN, contrat)
    form = PhotoForm(recu(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            image = ajouter_image(
                contrat=contrat, genre=GenreImage.PHOTO, par=request.user, **form.valeurs()
            )
        except DonneesRefusees as refus:
            form.reporter(refus)
        else:
            messages.success(request, f"«\u00a0{image}\u00a0»\u00a0: la photo est ajoutée.")
            return voir(f"{adresse_des_photos(contrat)}#image-{image.pk}")
    contexte = contexte_espace(request, contrat, "bilans", suite=[Lien(TITRE)])
    contexte |= {"titre": TITRE, "form": form, "photos": contrat.images.photos()}
    statut = 422 if form.errors else 200
    return render(request, "bilans/ecrire/photos.html", contexte, status=statut)


def adresse_des_photos(contrat: Contrat) -> str:
    return reverse("bilans:photos", args=[contrat.pk])


def _image(request: HttpRequest, pk: UUID) -> ImageBilan:
    suivies = ImageBilan.objects.suivies_par(request.user).select_related("contrat")
    return get_object_or_404(suivies, pk=pk)


@require_safe
def image(request: HttpRequest, pk: UUID) -> FileResponse:
    """Le fichier, pour qui suit le contrat. Son contenu ne change jamais."""
    la_sienne = _image(request, pk)
    try:
        fichier = (Path(settings.MEDIA_ROOT) / la_sienne.chemin).open("rb")
    except FileNotFoundError as erreur:
        raise Http404 from erreur
    reponse = FileResponse(fichier, content_type=la_sienne.type_mime)
    reponse["X-Content-Type-Options"] = "nosniff"
    reponse["Cache-Control"] = "private, max-age=86400, immutable"
    return reponse


@require_http_methods(["GET", "HEAD", "POST"])
def decrire(request: HttpRequest, pk: UUID) -> HttpResponse:
    la_sienne = _image(request, pk)
    exiger(request.user, Droit.REDIGER_BILAN, la_sienne.contrat)
    form = DecrireForm(recu(request), initial=_initial(la_sienne))
    if request.method == "POST" and form.is_valid():
        try:
            valeurs, version = form.valeurs(), form.cleaned_data["version"]
            decrire_image(image=la_sienne, **valeurs, version=version, par=request.user)
        except ConflitVersion as conflit:
            form = _rouvert(form, conflit.actuel)
        except DonneesRefusees as refus:
            form.reporter(refus)
        else:
            return voir(f"{adresse_des_photos(la_sienne.contrat)}#image-{pk}")
    contexte = _contexte(request, la_sienne, "Décrire la photo") | {"form": form}
    statut = 422 if form.errors else 200
    return render(request, "bilans/ecrire/photo.html", contexte, status=statut)


def _initial(la_sienne: ImageBilan) -> dict[str, Any]:
    return {nom: getattr(la_sienne, nom) for nom in ("alternative", "credit", "version")}


def _rouvert(envoye: DecrireForm, actuelle: ImageBilan) -> DecrireForm:
    form = DecrireForm({**envoye.cleaned_data, "version": actuelle.version})
    form.is_valid()
    form.add_error("alternative", CHANGEE.format(f"«\u00a0{actuelle.alternative}\u00a0»"))
    return form


@require_http_methods(["GET", "HEAD", "POST"])
def retirer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Une page demande confirmation ; une photo qu’un bilan montre ne part pas."""
    la_sienne = _image(request, pk)
    exiger(request.user, Droit.REDIGER_BILAN, la_sienne.contrat)
    if request.method == "POST":
        try:
            retirer_image(image=la_sienne, par=request.user)
        except DroitRefuse:
            raise
        except ErreurMetier as refus:
            messages.error(request, refus.message)
        else:
            messages.success(request, "La photo est retirée.")
        return voir(adresse_des_photos(la_sienne.contrat))
    contexte = _contexte(request, la_sienne, "Retirer la photo") | {
        "question": "Retirer cette photo du contrat\u202f?",
        "consequence": "Les bilans déjà publiés la gardent. L’historique garde sa description.",
        "geste": "Retirer la photo",
    }
    return render(request, "contrats/confirmation.html", contexte)


def _contexte(request: HttpRequest, la_sienne: ImageBilan, titre: str) -> dict[str, Any]:
    retour = adresse_des_photos(la_sienne.contrat)
    suite = [Lien(TITRE, retour), Lien(titre)]
    contexte = contexte_espace(request, la_sienne.contrat, "bilans", suite=suite)
    sujet = la_sienne.alternative
    return contexte | {"titre": titre, "sujet": sujet, "retour": retour, "image": la_sienne}
