"""La porte du partenaire : un secret valable, un débit tenu, rien qui fasse sortir l’adresse."""

import math
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from cls_platform.socle.debit import adresse_de, attente
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.views.erreurs import introuvable
from contrats.models import Contrat
from contrats.services.liens_contribution import lien_ouvert, noter_ouverture

# Le secret est dans le chemin : il ne part jamais. Avec `no-referrer`, le navigateur tairait aussi
# l’origine de ses propres envois, que la protection CSRF vérifie : aucun ne passerait.
ENTETES = {
    "Referrer-Policy": "strict-origin",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def par_le_lien(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """La vue reçoit le lien ouvert. Inconnu, expiré ou révoqué : la même page, le même code."""

    @wraps(vue)
    def ouverte(request: HttpRequest, slug: str, jeton: str, **cles: Any) -> HttpResponse:
        reponse = _repondre(vue, request, slug, jeton, cles)
        for nom, valeur in ENTETES.items():
            reponse[nom] = valeur
        return reponse

    return login_not_required(never_cache(ouverte))


def _repondre(
    vue: Callable[..., HttpResponse], request: HttpRequest, slug: str, jeton: str, cles: Any
) -> HttpResponse:
    if delai := attente(f"contribution:{adresse_de(request)}", settings.DEBIT_CONTRIBUTIONS):
        return _trop_de_demandes(request, math.ceil(delai))
    lien = lien_ouvert(jeton)
    if lien is None:
        return page_close(request, slug)
    noter_ouverture(par=lien)
    try:
        return vue(request, lien, jeton, **cles)
    except Http404:
        return introuvable(request)
    except ErreurMetier as erreur:
        contexte = {"raison": erreur.message, "contact": contact_de(lien.contrat)}
        return render(request, "indicateurs/partenaire/refus.html", contexte, status=400)


def page_close(request: HttpRequest, slug: str) -> HttpResponse:
    """À qui écrire : au contrat s’il est public, sinon à l’opérateur."""
    contrat = Contrat.objects.publics().filter(slug=slug).first()
    contexte = {
        "contrat": contrat,
        "contact": contact_de(contrat) if contrat else settings.CLS_COURRIEL_CONTACT,
    }
    return render(request, "indicateurs/partenaire/lien_clos.html", contexte, status=404)


def contact_de(contrat: Contrat) -> str:
    return contrat.courriel_contact or settings.CLS_COURRIEL_CONTACT


def _trop_de_demandes(request: HttpRequest, secondes: int) -> HttpResponse:
    contexte = {"secondes": secondes}
    reponse = render(request, "indicateurs/partenaire/trop.html", contexte, status=429)
    reponse["Retry-After"] = str(secondes)
    return reponse
