"""Un bilan publié : sa page, son fichier, ses données, ses photos. Rien n’y dépend du lecteur."""

from collections.abc import Callable, Sequence
from functools import partial, wraps
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
from bilans.instantane import Image, Instantane, relire
from bilans.models import Bilan, DocumentBilan, Reaction
from bilans.services.depot import ouvrir, ouvrir_document
from bilans.services.documents import est_a_jour, nom_de_fichier
from bilans.services.vitrine import image_de_partage, photo_publiee
from cls_platform.socle.page_publique import Vue, page_publique
from contrats.models import Contrat

EMPREINTE = 64
UN_AN = "public, max-age=31536000, immutable"
EXTENSIONS = {"jpg": "image/jpeg", "png": "image/png"}
DONNEES: dict[str, tuple[str, Callable[[Instantane], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", csv_ouvert),
    "json": ("application/json", json_ouvert),
}


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
    fichiers (pdf, csv, json), deux_pages (DocumentBilan ou None), reactions, autres,
    adresse_absolue (celle de l’année pour l’édition en vigueur), image_de_partage.
    """
    lu = get_object_or_404(Bilan.objects.pour_la_page(), pk=bilan.pk)
    contrat, page = lu.contrat, relire(lu.instantane or {})
    parties = page_web.parties(page, adresser_les_photos(contrat))
    publie = en_vigueur(toutes)
    est_en_vigueur = publie is not None and publie.pk == lu.pk
    chemin = reverse("bilans:bilan_public", args=[contrat.slug, lu.annee])
    contexte: dict[str, Any] = {
        "bilan": lu,
        "contrat": contrat,
        "page": page,
        "parties": parties,
        "entrees": page_web.entrees(parties),
        "editions": list(toutes),
        "publie": publie,
        "est_en_vigueur": est_en_vigueur,
        "fichiers": _fichiers(lu, est_en_vigueur=est_en_vigueur),
        "par_son_numero": request.path != chemin,
        "reactions": list(Reaction.objects.publiees().filter(bilan__in=[b.pk for b in toutes])),
        "deux_pages": DocumentBilan.objects.deux_pages_de(lu).first(),
        "autres": list(Bilan.objects.publics().autres_annees(lu)),
        "adresse_absolue": settings.ADRESSE_PUBLIQUE + (chemin if est_en_vigueur else request.path),
        "image_de_partage": settings.ADRESSE_PUBLIQUE
        + reverse("bilans:bilan_partage", args=[contrat.slug, lu.annee]),
    }
    return render(request, "bilans/public/bilan.html", contexte)


def _fichiers(bilan: Bilan, *, est_en_vigueur: bool) -> dict[str, str]:
    """Où se prennent les fichiers de cette édition-ci : ceux de l’année, ou à son numéro."""
    an = [bilan.contrat.slug, bilan.annee]
    prefixe, cles = ("bilan", an) if est_en_vigueur else ("edition", [*an, bilan.edition])
    return {
        sorte: reverse(f"bilans:{prefixe}_{sorte}", args=cles) for sorte in ("pdf", "csv", "json")
    }


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


Servir = Callable[[HttpRequest, Bilan], HttpResponse | FileResponse]


def du_bilan_en_vigueur(vue: Servir) -> Vue:
    """Une adresse de l’année, servie pour l’édition publiée ; retirée : 410 et sa page."""

    @page_publique
    @wraps(vue)
    def servie(request: HttpRequest, slug: str, annee: int) -> HttpResponse | FileResponse:
        toutes = editions(slug, annee)
        publie = en_vigueur(toutes)
        return vue(request, publie) if publie else page_de_retrait(request, toutes[0])

    return servie


@du_bilan_en_vigueur
def bilan_pdf(request: HttpRequest, bilan: Bilan) -> HttpResponse | FileResponse:
    """Le fichier publié, tel quel ; son empreinte sert d’ETag."""
    return fichier(request, bilan)


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
        filename=nom_de_fichier(bilan, "pdf", suffixe),
        headers={"ETag": etag, "Cache-Control": "public, max-age=300"},
    )


@du_bilan_en_vigueur
def bilan_deux_pages(request: HttpRequest, bilan: Bilan) -> HttpResponse | FileResponse:
    """Le même bilan en deux pages, quand il est fait des données publiées."""
    document = DocumentBilan.objects.deux_pages_de(bilan).first()
    if document is None or not est_a_jour(document, bilan):
        raise Http404("Ce bilan n’a pas encore de version en deux pages.")
    return servir(request, document.sha256, partial(ouvrir_document, document), "2-pages", bilan)


@du_bilan_en_vigueur
def donnees_csv(request: HttpRequest, bilan: Bilan) -> HttpResponse:
    return emporter(bilan, "csv")


@du_bilan_en_vigueur
def donnees_json(request: HttpRequest, bilan: Bilan) -> HttpResponse:
    return emporter(bilan, "json")


def emporter(bilan: Bilan, extension: str) -> HttpResponse:
    """Tout ce que montre cette édition."""
    entetes = {
        "Content-Disposition": f'attachment; filename="{nom_de_fichier(bilan, extension)}"',
        "ETag": f'"{bilan.sha256[:32]}-{extension}"',
    }
    nature, ecrire = DONNEES[extension]
    contenu = ecrire(relire(bilan.instantane or {}))
    return HttpResponse(contenu, content_type=nature, headers=entetes)


@du_bilan_en_vigueur
def partage(request: HttpRequest, bilan: Bilan) -> HttpResponse:
    """L’image que montre un lien partagé, 1200 × 630."""
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
