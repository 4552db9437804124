"""Un bilan publié : sa page, son fichier, ses données, ses photos. Rien n’y dépend du lecteur."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, BinaryIO

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
)
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import parse_etags

from bilans import page_web
from bilans.donnees_ouvertes import csv_ouvert, json_ouvert
from bilans.etats import StatutBilan
from bilans.instantane import Image, relire
from bilans.models import Bilan, DocumentBilan, Reaction
from bilans.services.depot import ouvrir, ouvrir_document
from bilans.services.documents import est_a_jour
from bilans.services.vitrine import image_de_partage, photo_publiee
from cls_platform.socle.page_publique import page_publique
from contrats.models import Contrat

EMPREINTE = 64
UN_AN = "public, max-age=31536000, immutable"
EXTENSIONS = {"jpg": "image/jpeg", "png": "image/png"}


def editions(slug: str, annee: int) -> list[Bilan]:
    """Tout ce qui a été publié pour cette année, la dernière d’abord. 404 s’il n’y a rien."""
    trouvees = list(Bilan.objects.editions_publiques(slug, annee))
    if not trouvees:
        raise Http404("Aucun bilan publié à cette adresse.")
    return trouvees


def en_vigueur(toutes: Sequence[Bilan]) -> Bilan | None:
    return next((b for b in toutes if b.statut == StatutBilan.PUBLIE), None)


@page_publique
def bilan_public(request: HttpRequest, slug: str, annee: int) -> HttpResponse:
    toutes = editions(slug, annee)
    publie = en_vigueur(toutes)
    if publie is None:
        return page_de_retrait(request, toutes[0])
    return page_du_bilan(request, publie, toutes)


def page_du_bilan(request: HttpRequest, bilan: Bilan, toutes: Sequence[Bilan]) -> HttpResponse:
    """La page d’une édition ; une ancienne le dit en tête et mène à celle qui la remplace.

    Contexte : bilan, contrat, page (Instantane figé), parties, entrees (sommaire), editions,
    publie (l’édition en vigueur, ou None), par_son_numero (l’adresse nomme l’édition),
    deux_pages (DocumentBilan ou None), reactions, autres,
    adresse_absolue, image_de_partage.
    """
    lu = get_object_or_404(Bilan.objects.pour_la_page(), pk=bilan.pk)
    contrat, page = lu.contrat, relire(lu.instantane or {})
    parties = page_web.parties(page, adresser_les_photos(contrat))
    publie = en_vigueur(toutes)
    chemin = reverse("bilans:bilan_public", args=[contrat.slug, lu.annee])
    contexte: dict[str, Any] = {
        "bilan": lu,
        "contrat": contrat,
        "page": page,
        "parties": parties,
        "entrees": page_web.entrees(parties),
        "editions": list(toutes),
        "publie": publie,
        "est_en_vigueur": publie is not None and publie.pk == lu.pk,
        "par_son_numero": request.path != chemin,
        "reactions": list(Reaction.objects.publiees().filter(bilan__in=[b.pk for b in toutes])),
        "deux_pages": DocumentBilan.objects.deux_pages_de(lu).first(),
        "autres": list(Bilan.objects.publics().autres_annees(lu)),
        "adresse_absolue": settings.ADRESSE_PUBLIQUE + request.path,
        "image_de_partage": settings.ADRESSE_PUBLIQUE
        + reverse("bilans:bilan_partage", args=[contrat.slug, lu.annee]),
    }
    return render(request, "bilans/public/bilan.html", contexte)


def page_de_retrait(request: HttpRequest, bilan: Bilan) -> HttpResponse:
    """410 : le bilan a existé ici, il n’y est plus, et la page dit quand et pourquoi."""
    contexte = {"bilan": bilan, "contrat": bilan.contrat}
    return render(request, "bilans/public/bilan_retire.html", contexte, status=410)


def adresser_les_photos(contrat: Contrat) -> page_web.Adresser:
    def adresser(image: Image, largeur: int) -> str:
        extension = "png" if image.type_mime == "image/png" else "jpg"
        cles = [contrat.slug, f"{image.sha256}-{largeur}", extension]
        return reverse("bilans:photo", args=cles)

    return adresser


def bilan_publie(slug: str, annee: int) -> Bilan:
    publies = Bilan.objects.publics().pour_la_page()
    return get_object_or_404(publies, contrat__slug=slug, annee=annee)


@page_publique
def bilan_pdf(request: HttpRequest, slug: str, annee: int) -> HttpResponse | FileResponse:
    """Le fichier publié, tel quel ; son empreinte sert d’ETag. 410 s’il est retiré."""
    toutes = editions(slug, annee)
    publie = en_vigueur(toutes)
    return fichier(request, publie) if publie else page_de_retrait(request, toutes[0])


def fichier(request: HttpRequest, bilan: Bilan) -> HttpResponse | FileResponse:
    return servir(request, bilan.sha256, partial(ouvrir, bilan), "", bilan)


def servir(
    request: HttpRequest, sha256: str, ouvre: Callable[[], BinaryIO], suffixe: str, bilan: Bilan
) -> HttpResponse | FileResponse:
    etag = f'"{sha256}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified(headers={"ETag": etag})
    try:
        lu = ouvre()
    except FileNotFoundError as erreur:
        raise Http404("Le fichier de ce bilan manque sur le serveur.") from erreur
    return FileResponse(
        lu,
        content_type="application/pdf",
        filename=f"{bilan.contrat.slug}-bilan-{bilan.annee}{suffixe}.pdf",
        headers={"ETag": etag, "Cache-Control": "public, max-age=300"},
    )


@page_publique
def bilan_deux_pages(request: HttpRequest, slug: str, annee: int) -> HttpResponse | FileResponse:
    """Le même bilan en deux pages, quand il est fait des données publiées."""
    bilan = bilan_publie(slug, annee)
    document = DocumentBilan.objects.deux_pages_de(bilan).first()
    if document is None or not est_a_jour(document, bilan):
        raise Http404("Ce bilan n’a pas encore de version en deux pages.")
    return servir(request, document.sha256, partial(ouvrir_document, document), "-2-pages", bilan)


@page_publique
def donnees_csv(request: HttpRequest, slug: str, annee: int) -> HttpResponse:
    bilan = bilan_publie(slug, annee)
    contenu = csv_ouvert(relire(bilan.instantane or {}))
    return _emporter(bilan, contenu, "text/csv; charset=utf-8", "csv")


@page_publique
def donnees_json(request: HttpRequest, slug: str, annee: int) -> HttpResponse:
    bilan = bilan_publie(slug, annee)
    contenu = json_ouvert(relire(bilan.instantane or {}))
    return _emporter(bilan, contenu, "application/json", "json")


def _emporter(bilan: Bilan, contenu: bytes, nature: str, extension: str) -> HttpResponse:
    nom = f"{bilan.contrat.slug}-bilan-{bilan.annee}.{extension}"
    entetes = {
        "Content-Disposition": f'attachment; filename="{nom}"',
        "ETag": f'"{bilan.sha256[:32]}-{extension}"',
    }
    return HttpResponse(contenu, content_type=nature, headers=entetes)


@page_publique
def partage(request: HttpRequest, slug: str, annee: int) -> HttpResponse:
    """L’image que montre un lien partagé, 1200 × 630."""
    bilan = bilan_publie(slug, annee)
    entetes = {"ETag": f'"{bilan.sha256[:32]}-partage"', "Cache-Control": "public, max-age=86400"}
    return HttpResponse(image_de_partage(bilan), content_type="image/png", headers=entetes)


@page_publique
def photo(request: HttpRequest, slug: str, nom: str, extension: str) -> HttpResponse:
    """Une photo d’un bilan publié ; l’adresse contient son empreinte, elle ne change jamais."""
    contrat = get_object_or_404(Contrat.objects.publics(), slug=slug)
    sha256, _, largeur = nom.partition("-")
    permises = {str(une) for une in page_web.LARGEURS}
    if extension not in EXTENSIONS or largeur not in permises or len(sha256) != EMPREINTE:
        raise Http404
    octets = photo_publiee(
        contrat=contrat, sha256=sha256, largeur=int(largeur), extension=extension
    )
    if octets is None:
        raise Http404
    entetes = {"ETag": f'"{nom}"', "Cache-Control": UN_AN}
    return HttpResponse(octets, content_type=EXTENSIONS[extension], headers=entetes)
