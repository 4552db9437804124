"""Ce que lisent les moteurs de recherche : le plan des pages publiques, ce qu’ils laissent."""

from collections.abc import Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from bilans.models import Bilan
from cls_platform.socle.page_publique import page_publique
from contrats.models import Action, Contrat

# La limite d’un fichier (sitemaps.org) est de 50 000 adresses
ADRESSES_MAX = 45_000
FIXES = (
    "bilans:accueil",
    "contrats:liste",
    "bilans:actions_publiques",
    "bilans:liste",
    "bilans:reunions",
    "bilans:comprendre",
    "bilans:mots",
    "bilans:donnees_ouvertes",
    "bilans:contact",
    "bilans:mentions",
    "bilans:accessibilite",
    "bilans:donnees_personnelles",
    "bilans:plan_du_site",
)
# Ni comptes, ni espace, ni liens à secret, ni formulaires
LAISSES = ("espace/", "compte/", "administration/", "api/", "abonnement/", "contribution/")


@page_publique
def sitemap(request: HttpRequest) -> HttpResponse:
    lignes = "".join(_ligne(adresse, quand) for adresse, quand in _adresses())
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lignes}</urlset>\n'
    )
    return HttpResponse(xml, content_type="application/xml; charset=utf-8")


def _adresses() -> Iterator[tuple[str, datetime | None]]:
    for nom in FIXES:
        yield reverse(nom), None
    for slug, quand in Contrat.objects.publics().order_by("slug").values_list("slug", "modifie_le"):
        yield reverse("bilans:contrat", args=[slug]), quand
    bilans = Bilan.objects.publics().recents_d_abord()
    for slug, annee, paru in bilans.values_list("contrat__slug", "annee", "publie_le"):
        yield reverse("bilans:bilan_public", args=[slug, annee]), paru
    actions = Action.objects.publiees().order_by("pk").values_list("pk", "modifie_le")
    for pk, quand in actions[:ADRESSES_MAX].iterator():
        yield reverse("bilans:action_publique", args=[pk]), quand


def _ligne(adresse: str, quand: datetime | None) -> str:
    date = f"<lastmod>{quand:%Y-%m-%d}</lastmod>" if quand else ""
    return f"<url><loc>{escape(settings.ADRESSE_PUBLIQUE + adresse)}</loc>{date}</url>\n"


@page_publique
def robots(request: HttpRequest) -> HttpResponse:
    regles = "".join(f"Disallow: /{debut}\n" for debut in LAISSES)
    plan = settings.ADRESSE_PUBLIQUE + reverse("bilans:sitemap")
    texte = f"User-agent: *\n{regles}Disallow: /*/reagir/\nDisallow: /*/suivre/\nSitemap: {plan}\n"
    return HttpResponse(texte, content_type="text/plain; charset=utf-8")
