"""Les données de territoire : ce qui est chargé, ce qui manque, retirer un millésime."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from acteurs.donnees_chargees import donnees_chargees, territoires_manquants
from acteurs.import_donnees.colonnes import CONTEXTE, ZONAGE
from acteurs.models import EditionDonnees, EditionZonage, GenreFichier, Region
from acteurs.navigation import contexte_donnees
from acteurs.permissions import exiger_charger
from acteurs.services.donnees import retirer_donnees, retirer_zonage
from acteurs.views.personne import connectee
from cls_platform.socle.navigation import Lien
from cls_platform.socle.tableur import liste as liste_a_emporter
from cls_platform.socle.telechargement import a_telecharger

COLONNES = {GenreFichier.ZONAGE.lower(): ZONAGE, GenreFichier.CONTEXTE.lower(): CONTEXTE}
MANQUANTS_PAR_PAGE = 200
# Dits par les formulaires ou par les codes : le modèle ne les demande pas deux fois
EN_TROP = frozenset({"nom_commune", "nom", "unite", "qualite"})


@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """Tout, ou ce qui vaut pour une région : le sien et ce qui vaut pour la France."""
    region = Region.objects.in_bulk().get(request.GET.get("region", ""))
    contexte = contexte_donnees(request) | {
        "donnees": donnees_chargees(request.user, region=region.pk if region else None),
        "region": region,
        "le": timezone.localdate(),
    }
    return render(request, "acteurs/donnees.html", contexte)


@require_GET
def millesime(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ce qui manque à un millésime, territoire par territoire."""
    edition = get_object_or_404(EditionDonnees.objects.pour_liste(), pk=pk)
    page = Paginator(territoires_manquants(edition), MANQUANTS_PAR_PAGE)
    suite = [Lien(f"{edition.indicateur_id}, {edition.annee}")]
    contexte = contexte_donnees(request, suite=suite) | {
        "edition": edition,
        "page": page.get_page(request.GET.get("page")),
    }
    return render(request, "acteurs/donnees_millesime.html", contexte)


@require_GET
def modele(request: HttpRequest, genre: str, extension: str) -> HttpResponse:
    """Un fichier vide, avec les en-têtes attendus."""
    if genre not in COLONNES or extension not in liste_a_emporter.TYPES:
        raise Http404
    entetes = [colonne.entete for colonne in COLONNES[genre] if colonne.cle not in EN_TROP]
    contenu = liste_a_emporter.ecrire(extension, "Modèle", entetes, [])
    return a_telecharger(contenu, f"modele-{genre}", extension)


@require_http_methods(["GET", "HEAD", "POST"])
def retirer_un_zonage(request: HttpRequest, pk: UUID) -> HttpResponse:
    edition = get_object_or_404(EditionZonage.objects.pour_liste(), pk=pk)
    exiger_charger(request.user, edition.region_id)
    if request.method == "POST":
        retirer_zonage(edition=edition, par=connectee(request))
        return _retire(request, f"{edition.type.libelle}, {edition.millesime}")
    return _confirmer(request, f"{edition.type.libelle}, millésime {edition.millesime}", edition)


@require_http_methods(["GET", "HEAD", "POST"])
def retirer_des_donnees(request: HttpRequest, pk: UUID) -> HttpResponse:
    edition = get_object_or_404(EditionDonnees.objects.pour_liste(), pk=pk)
    exiger_charger(request.user, edition.region_id)
    nom = f"{edition.indicateur.libelle}, {edition.annee}, {edition.get_niveau_display()}"
    if request.method == "POST":
        retirer_donnees(edition=edition, par=connectee(request))
        return _retire(request, nom)
    return _confirmer(request, nom, edition)


def _retire(request: HttpRequest, nom: str) -> HttpResponse:
    messages.success(request, f"« {nom} » est retiré. Le millésime précédent sert de nouveau.")
    return redirect("acteurs:donnees")


def _confirmer(request: HttpRequest, nom: str, edition: Any) -> HttpResponse:
    contexte = contexte_donnees(request, suite=[Lien("Retirer")]) | {
        "nom": nom,
        "edition": edition,
    }
    return render(request, "acteurs/donnees_retirer.html", contexte)
