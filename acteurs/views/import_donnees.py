"""Importer un zonage ou des données : le fichier, le rapport, l’accord."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from acteurs.forms import (
    FormulaireAccord,
    FormulaireContexte,
    FormulaireFichier,
    FormulaireZonage,
)
from acteurs.models import FichierRecu, GenreFichier
from acteurs.navigation import contexte_donnees
from acteurs.permissions import exiger_charger_quelque_part, regions_chargees_par
from acteurs.services.fichiers_recus import recevoir
from acteurs.services.import_donnees import accepter, etudier
from acteurs.views.personne import connectee
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.navigation import Lien
from cls_platform.socle.tableur.liste import TYPES
from cls_platform.socle.tableur.rapport import ecrire_le_rapport
from cls_platform.socle.telechargement import a_telecharger

FORMULAIRES: dict[str, type[FormulaireFichier]] = {
    GenreFichier.ZONAGE.lower(): FormulaireZonage,
    GenreFichier.CONTEXTE.lower(): FormulaireContexte,
}
TITRES = {
    GenreFichier.ZONAGE.lower(): "Charger un zonage",
    GenreFichier.CONTEXTE.lower(): "Charger des données de contexte",
}
LIGNES_MONTREES = 200


@require_http_methods(["GET", "HEAD", "POST"])
def importer(request: HttpRequest, genre: str) -> HttpResponse:
    if genre not in FORMULAIRES:
        raise Http404
    exiger_charger_quelque_part(request.user)
    est_envoye = request.method == "POST"
    form = FORMULAIRES[genre](
        request.POST if est_envoye else None,
        request.FILES if est_envoye else None,
        regions=regions_chargees_par(request.user),
        le=timezone.localdate(),
    )
    if est_envoye and form.is_valid():
        donne = form.cleaned_data["fichier"]
        try:
            recu = recevoir(
                genre=genre.upper(),
                nom=donne.name,
                contenu=donne,
                parametres=form.parametres(),
                par=connectee(request),
            )
        except ErreurMetier as refus:
            form.add_error("fichier", refus.message)
        else:
            return redirect("acteurs:import_donnees", pk=recu.pk)
    contexte = contexte_donnees(request, suite=[Lien(TITRES[genre])]) | {
        "form": form,
        "genre": genre,
        "titre": TITRES[genre],
    }
    statut = 422 if form.errors else 200
    return render(request, "acteurs/donnees_importer.html", contexte, status=statut)


@require_http_methods(["GET", "HEAD", "POST"])
def rapport(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ce que le fichier ferait ; l’accord ; puis ce qui a été fait."""
    recu = _recu(request, pk)
    suite = [Lien(TITRES[recu.genre.lower()], _adresse(recu)), Lien("Rapport")]
    contexte = contexte_donnees(request, suite=suite) | {"recu": recu}
    if recu.fait_le:
        return render(request, "acteurs/donnees_resultat.html", contexte)
    refus = ""
    if request.method == "POST":
        try:
            return _accepter(request, recu)
        except ErreurMetier as erreur:
            refus = erreur.message
    contexte |= _etude(request, recu) | {"refus": refus, "lignes_montrees": LIGNES_MONTREES}
    statut = 422 if refus or contexte["illisible"] else 200
    return render(request, "acteurs/donnees_rapport.html", contexte, status=statut)


@require_GET
def emporter_le_rapport(request: HttpRequest, pk: UUID, extension: str) -> HttpResponse:
    """Toutes les lignes du fichier, reprises et refusées ; rien une fois le fichier importé."""
    recu = _recu(request, pk)
    lu = None if recu.fait_le or extension not in TYPES else _etude(request, recu)["r"]
    if lu is None:
        raise Http404
    return a_telecharger(ecrire_le_rapport(extension, lu.a_emporter()), "rapport", extension)


def _recu(request: HttpRequest, pk: UUID) -> FichierRecu:
    """Le sien, s’il charge encore des données. Lève Http404, DroitRefuse."""
    recus = FichierRecu.objects.de(request.user)
    recu = get_object_or_404(recus.du_genre(GenreFichier.ZONAGE, GenreFichier.CONTEXTE), pk=pk)
    exiger_charger_quelque_part(request.user)
    return recu


def _adresse(recu: FichierRecu) -> str:
    return reverse("acteurs:importer_donnees", args=[recu.genre.lower()])


def _accepter(request: HttpRequest, recu: FichierRecu) -> HttpResponse:
    form = FormulaireAccord(request.POST)
    form.is_valid()
    accepter(recu=recu, le=timezone.localdate(), par=connectee(request), **form.cleaned_data)
    return redirect("acteurs:import_donnees", pk=recu.pk)


def _etude(request: HttpRequest, recu: FichierRecu) -> dict[str, Any]:
    """Le rapport, ou la phrase qui dit pourquoi le fichier ne se lit pas."""
    try:
        lu = etudier(recu=recu, le=timezone.localdate(), par=connectee(request))
    except ErreurMetier as erreur:
        return {"r": None, "illisible": erreur.message, "autre": _adresse(recu)}
    return {"r": lu, "illisible": "", "autre": _adresse(recu)}
