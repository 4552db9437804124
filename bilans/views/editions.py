"""Les anciennes éditions d’un bilan, et l’adresse courte qui mène à celle d’aujourd’hui."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http import HttpResponsePermanentRedirect as Redirection
from django.urls import reverse

from bilans.editions import LectureEdition, edition_lue
from bilans.models import Bilan
from bilans.views.public_bilan import emporter, fichier, page_de_retrait, page_du_bilan
from cls_platform.socle.page_publique import page_publique


def edition_demandee(slug: str, annee: int, numero: int) -> LectureEdition:
    lue = edition_lue(slug, annee, numero)
    if lue is None:
        raise Http404("Aucune édition publiée à cette adresse.")
    return lue


@page_publique
def edition_publique(request: HttpRequest, slug: str, annee: int, numero: int) -> HttpResponse:
    """L’édition telle qu’elle a été publiée, avec un avis si une autre la remplace."""
    lue = edition_demandee(slug, annee, numero)
    if lue.est_retiree:
        return page_de_retrait(request, lue.bilan)
    return page_du_bilan(request, lue.bilan, lue.editions)


@page_publique
def edition_pdf(
    request: HttpRequest, slug: str, annee: int, numero: int
) -> HttpResponse | FileResponse:
    """Le fichier de cette édition, à jamais le même ; 410 si elle est retirée."""
    lue = edition_demandee(slug, annee, numero)
    return page_de_retrait(request, lue.bilan) if lue.est_retiree else fichier(request, lue.bilan)


@page_publique
def edition_donnees(
    request: HttpRequest, slug: str, annee: int, numero: int, extension: str
) -> HttpResponse:
    """Ce que montre cette édition-là, en CSV ou en JSON ; 410 si elle est retirée."""
    lue = edition_demandee(slug, annee, numero)
    if lue.est_retiree:
        return page_de_retrait(request, lue.bilan)
    return emporter(lue.bilan, extension)


@page_publique
def adresse_courte(request: HttpRequest, code: str) -> HttpResponse:
    """Recopiée d’un papier : majuscules ou minuscules. Elle mène à l’édition d’aujourd’hui."""
    bilan = Bilan.objects.a_l_adresse_courte(code.lower())
    if bilan is None:
        raise Http404("Cette adresse courte ne mène à aucun bilan publié.")
    return Redirection(reverse("bilans:bilan_public", args=[bilan.contrat.slug, bilan.annee]))
