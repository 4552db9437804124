"""Les documents d’un bilan : les demander, suivre leur fabrication, les ouvrir."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from acteurs.droits import Droit
from bilans.forms.publication import DocumentForm
from bilans.models import Bilan, DocumentBilan, GenreDocument
from bilans.services import depot
from bilans.services import documents as service
from bilans.services.rendu import donnees_plus_recentes
from bilans.views.bilan import bilan_suivi, coque
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.navigation import Lien

A_QUOI_IL_SERT: dict[str, str] = {
    GenreDocument.ELUS: "À poser sur la table : ce qui s’est passé, ce qui est à décider.",
    GenreDocument.TECHNIQUE: "Pour le comité de pilotage et l’ARS : chaque fiche, chaque "
    "indicateur, chaque euro.",
    GenreDocument.TECH_SANS: "Le même, à transmettre à qui ne voit pas le budget.",
    GenreDocument.DIAPORAMA: "À projeter et à reprendre : tableaux et graphiques modifiables.",
}


@dataclass(frozen=True, slots=True)
class Propose:
    """Un genre de document, et le fichier s’il a été demandé."""

    genre: str
    nom: str
    sert: str
    format: str
    document: DocumentBilan | None
    est_a_jour: bool


@require_safe
def documents(request: HttpRequest, pk: UUID) -> HttpResponse:
    bilan = bilan_suivi(request, pk)
    contexte = coque(request, bilan, Lien("Documents"))
    droits = contexte["droits"]
    contexte |= {
        "proposes": _proposes(bilan, droits),
        "peut_demander": Droit.RELIRE_BILAN in droits and bilan.instantane_le is not None,
        "peut_rediger": Droit.REDIGER_BILAN in droits and bilan.est_modifiable,
        "travail": bilan.travail,
        "perime": donnees_plus_recentes(bilan),
        "adresse_pdf": reverse("bilans:telecharger", args=[bilan.pk]),
    }
    return render(request, "bilans/publication/documents.html", contexte)


def _proposes(bilan: Bilan, droits: frozenset[Droit]) -> list[Propose]:
    faits = {d.genre: d for d in bilan.documents.select_related("travail")}
    return [
        _propose(bilan, genre, faits.get(genre))
        for genre in GenreDocument
        if service.droit_du_genre(genre) in droits
    ]


def _propose(bilan: Bilan, genre: GenreDocument, document: DocumentBilan | None) -> Propose:
    return Propose(
        genre=genre.value,
        nom=str(genre.label),
        sert=A_QUOI_IL_SERT[genre],
        format=service.extension_du_genre(genre).upper(),
        document=document,
        est_a_jour=document is not None and service.est_a_jour(document, bilan),
    )


@require_POST
def demander(request: HttpRequest, pk: UUID) -> HttpResponse:
    bilan = bilan_suivi(request, pk)
    form = DocumentForm(request.POST)
    if not form.is_valid():
        raise ErreurMetier("Choisissez un document de la liste.")
    document = service.demander_document(bilan=bilan, par=request.user, **form.demande())
    messages.success(request, f"« {document} » se prépare.")
    return redirect("bilans:documents", pk=pk)


def document_lisible(request: HttpRequest, pk: UUID) -> DocumentBilan:
    """404 hors des contrats suivis. Lève DroitRefuse pour un document réservé."""
    lu = get_object_or_404(DocumentBilan.objects.suivis_par(request.user), pk=pk)
    service.exiger_le_document(bilan=lu.bilan, genre=lu.genre, par=request.user)
    return lu


@require_safe
def travail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Le fragment d’avancement ; à la fin, la page entière se recharge."""
    document = document_lisible(request, pk)
    if document.travail is None:
        raise Http404
    contexte: dict[str, Any] = {"document": document, "travail": document.travail}
    reponse = render(request, "bilans/fragments/_travail_document.html", contexte)
    if document.travail.est_fini:
        reponse["HX-Refresh"] = "true"
    return reponse


@require_safe
def telecharger(request: HttpRequest, pk: UUID) -> FileResponse:
    document = document_lisible(request, pk)
    try:
        contenu = depot.ouvrir_document(document)
    except FileNotFoundError as erreur:
        raise Http404 from erreur
    nom = service.nom_du_document(document)
    type_mime = service.TYPES[nom.rpartition(".")[2]]
    return FileResponse(
        contenu,
        content_type=type_mime,
        filename=nom,
        headers={"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
    )
