"""Importer une liste de contrats existants : le fichier, le rapport, l’accord ; et l’emporter."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from acteurs.droits import Droit
from acteurs.models import FichierRecu, GenreFichier
from acteurs.permissions import regions_chargees_par
from acteurs.services.fichiers_recus import recevoir
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.navigation import Lien
from cls_platform.socle.tableur import liste
from cls_platform.socle.tableur.rapport import ecrire_le_rapport
from cls_platform.socle.telechargement import a_telecharger
from contrats.export_cls import exporter_cls as ecrire_la_liste
from contrats.forms.import_cls import FormulaireAccordCls
from contrats.forms.import_plan import FormulaireFichier
from contrats.import_cls.colonnes import COLONNES, EXPORTEES
from contrats.models import Contrat
from contrats.navigation import contexte_general
from contrats.permissions import exiger_general
from contrats.services import import_cls as service
from contrats.views.portes import recu, voir

LIGNES_MONTREES = 200
TITRE = "Importer des CLS"


def _contexte(request: HttpRequest, *suite: Lien) -> dict[str, Any]:
    ici = Lien(TITRE, reverse("contrats:importer_cls") if suite else "")
    return contexte_general(request, "contrats", suite=[ici, *suite])


@require_http_methods(["GET", "POST"])
def importer(request: HttpRequest) -> HttpResponse:
    exiger_general(request.user, Droit.CHARGER_DONNEES)
    form = FormulaireFichier(recu(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        donne = form.cleaned_data["fichier"]
        try:
            garde = recevoir(
                genre=GenreFichier.CLS,
                nom=donne.name,
                contenu=donne,
                parametres={},
                par=request.user,
            )
        except ErreurMetier as refus:
            form.add_error("fichier", refus.message)
        else:
            return voir(reverse("contrats:import_cls", args=[garde.pk]))
    contexte = _contexte(request) | {"form": form, "titre": TITRE, "colonnes": COLONNES}
    statut = 422 if form.errors else 200
    return render(request, "contrats/cls/importer.html", contexte, status=statut)


@require_http_methods(["GET", "POST"])
def rapport(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ce que la liste ferait ; l’accord ; puis ce qui a été fait."""
    garde = _garde(request, pk)
    contexte = _contexte(request, Lien("Rapport")) | {"recu": garde}
    if garde.fait_le:
        return render(request, "contrats/cls/resultat.html", contexte)
    refus = ""
    if request.method == "POST":
        try:
            return _accepter(request, garde)
        except ErreurMetier as erreur:
            refus = erreur.message
    contexte |= _etude(request, garde) | {"refus": refus, "lignes_montrees": LIGNES_MONTREES}
    statut = 422 if refus or contexte["illisible"] else 200
    return render(request, "contrats/cls/rapport.html", contexte, status=statut)


@require_GET
def emporter_le_rapport(request: HttpRequest, pk: UUID, extension: str) -> HttpResponse:
    """Toutes les lignes de la liste, et ce qu’il en advient ; rien une fois importée."""
    garde = _garde(request, pk)
    lu = None if garde.fait_le or extension not in liste.TYPES else _etude(request, garde)["r"]
    if lu is None:
        raise Http404
    return a_telecharger(ecrire_le_rapport(extension, lu.a_emporter()), "rapport", extension)


def _garde(request: HttpRequest, pk: UUID) -> FichierRecu:
    exiger_general(request.user, Droit.CHARGER_DONNEES)
    siennes = FichierRecu.objects.de(request.user).du_genre(GenreFichier.CLS)
    return get_object_or_404(siennes, pk=pk)


def _accepter(request: HttpRequest, garde: FichierRecu) -> HttpResponse:
    form = FormulaireAccordCls(request.POST)
    form.is_valid()
    service.accepter(recu=garde, le=timezone.localdate(), par=request.user, **form.cleaned_data)
    return voir(reverse("contrats:import_cls", args=[garde.pk]))


def _etude(request: HttpRequest, garde: FichierRecu) -> dict[str, Any]:
    """Le rapport, ou la phrase qui dit pourquoi le fichier ne se lit pas."""
    try:
        lu = service.etudier(recu=garde, le=timezone.localdate(), par=request.user)
    except ErreurMetier as erreur:
        return {"r": None, "illisible": erreur.message}
    return {"r": lu, "illisible": ""}


@require_GET
def exporter(request: HttpRequest, extension: str) -> HttpResponse:
    """Les contrats des régions où la personne charge, dans le format qui s’importe."""
    exiger_general(request.user, Droit.CHARGER_DONNEES)
    if extension not in liste.TYPES:
        raise Http404
    contrats = Contrat.objects.des_regions(regions_chargees_par(request.user))
    nom = f"contrats-{timezone.localdate():%Y-%m-%d}"
    return a_telecharger(ecrire_la_liste(contrats, extension), nom, extension)


@require_GET
def modele(request: HttpRequest, extension: str) -> HttpResponse:
    """Un fichier vide, avec les en-têtes attendus."""
    exiger_general(request.user, Droit.CHARGER_DONNEES)
    if extension not in liste.TYPES:
        raise Http404
    entetes = [colonne.entete for colonne in EXPORTEES]
    contenu = liste.ecrire(extension, "Contrats", entetes, [])
    return a_telecharger(contenu, "modele-contrats", extension)
