"""L’avis donné sans compte : le lien reçu ouvre le bilan et un formulaire, et rien d’autre."""

import math
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bilans.forms.relire import AvisSigneForm
from bilans.models import AvisBilan
from bilans.services.avis import avis_ouvert, rendre_par_le_lien
from bilans.services.depot import ouvrir
from cls_platform.socle.debit import adresse_de, attente
from cls_platform.socle.erreurs import ErreurMetier
from contrats.models import Contrat
from contrats.views.portes import recu

# Le secret est dans le chemin : il ne part jamais vers un autre site
ENTETES = {
    "Referrer-Policy": "strict-origin",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
Vue = Callable[[HttpRequest, AvisBilan, str], HttpResponseBase]


def par_le_lien(vue: Vue) -> Callable[[HttpRequest, str, str], HttpResponseBase]:
    """La vue reçoit l’avis ouvert. Inconnu, expiré, déjà servi : la même page, le même code."""

    @wraps(vue)
    def ouverte(request: HttpRequest, slug: str, jeton: str) -> HttpResponseBase:
        reponse = _repondre(vue, request, slug, jeton)
        for nom, valeur in ENTETES.items():
            reponse[nom] = valeur
        return reponse

    return login_not_required(never_cache(ouverte))


def _repondre(vue: Vue, request: HttpRequest, slug: str, jeton: str) -> HttpResponseBase:
    if delai := attente(f"avis:{adresse_de(request)}", settings.DEBIT_AVIS):
        secondes = math.ceil(delai)
        attendre = {"secondes": secondes}
        reponse = render(request, "bilans/relire/lien/trop.html", attendre, status=429)
        reponse["Retry-After"] = str(secondes)
        return reponse
    avis = avis_ouvert(jeton)
    if avis is None:
        contrat = Contrat.objects.publics().filter(slug=slug).first()
        contexte = {"contrat": contrat, "contact": _contact(contrat)}
        return render(request, "bilans/relire/lien/clos.html", contexte, status=404)
    return vue(request, avis, jeton)


@par_le_lien
@require_http_methods(["GET", "HEAD", "POST"])
def avis_par_lien(request: HttpRequest, avis: AvisBilan, jeton: str) -> HttpResponseBase:
    form = AvisSigneForm(recu(request))
    if form.is_valid():
        try:
            rendu = rendre_par_le_lien(reponse=form.reponse(), par=avis)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return render(request, "bilans/relire/lien/rendu.html", _cadre(rendu, jeton))
    contexte = _cadre(avis, jeton) | {"form": form}
    statut = 422 if form.errors else 200
    return render(request, "bilans/relire/lien/avis.html", contexte, status=statut)


@par_le_lien
@require_safe
def pdf_par_lien(request: HttpRequest, avis: AvisBilan, jeton: str) -> HttpResponseBase:
    """Le PDF demandé aux signataires, avant qu’il soit public."""
    try:
        fichier = ouvrir(avis.bilan)
    except FileNotFoundError:
        contexte = {"contrat": avis.bilan.contrat, "contact": _contact(avis.bilan.contrat)}
        return render(request, "bilans/relire/lien/clos.html", contexte, status=404)
    nom = f"{avis.bilan.contrat.slug}-bilan-{avis.bilan.annee}-a-relire.pdf"
    return FileResponse(fichier, content_type="application/pdf", filename=nom)


def _cadre(avis: AvisBilan, jeton: str) -> dict[str, object]:
    contrat = avis.bilan.contrat
    return {
        "avis": avis,
        "bilan": avis.bilan,
        "contrat": contrat,
        "contact": _contact(contrat),
        "jeton": jeton,
    }


def _contact(contrat: Contrat | None) -> str:
    ecrit = contrat.courriel_contact if contrat else ""
    return ecrit or settings.CLS_COURRIEL_CONTACT
