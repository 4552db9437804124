"""La page où l’élu·e écrit son mot, sans compte : un secret valable, un débit tenu."""

import math
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bilans.ecriture.conflit import face_a_face
from bilans.forms.edito import EditoForm
from bilans.forms.images import PhotoForm
from bilans.models import LienEdito, SectionBilan
from bilans.services.liens_edito import (
    donner_portrait,
    ecrire_par_lien,
    edito_de,
    lien_ouvert,
    noter_ouverture,
)
from bilans.views.ecrire.portes import est_automatique
from cls_platform.socle import typographie
from cls_platform.socle.debit import adresse_de, attente
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, ErreurMetier
from contrats.models import Contrat
from contrats.views.portes import recu, voir

# Le secret est dans le chemin : il ne part jamais ; l’origine, oui, que vérifie la protection CSRF
ENTETES = {"Referrer-Policy": "strict-origin", "X-Robots-Tag": "noindex, nofollow, noarchive"}


def par_le_lien(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """La vue reçoit le lien ouvert. Inconnu, expiré ou révoqué : la même page, le même code."""

    @wraps(vue)
    def ouverte(request: HttpRequest, slug: str, jeton: str) -> HttpResponse:
        reponse = _repondre(vue, request, slug, jeton)
        for nom, valeur in ENTETES.items():
            reponse[nom] = valeur
        return reponse

    return login_not_required(never_cache(ouverte))


def _repondre(
    vue: Callable[..., HttpResponse], request: HttpRequest, slug: str, jeton: str
) -> HttpResponse:
    if delai := attente(f"edito:{adresse_de(request)}", settings.DEBIT_CONTRIBUTIONS):
        return _trop(request, math.ceil(delai))
    lien = lien_ouvert(jeton)
    if lien is None:
        return _clos(request, slug)
    noter_ouverture(par=lien)
    try:
        return vue(request, lien, jeton)
    except ErreurMetier as refus:
        if est_automatique(request):
            return JsonResponse({"message": refus.message}, status=422)
        return _fermee(request, refus.message, lien.bilan.contrat, statut=400)


def _clos(request: HttpRequest, slug: str) -> HttpResponse:
    """À qui écrire : au contrat s’il est public, sinon à l’opérateur."""
    contrat = Contrat.objects.publics().filter(slug=slug).first()
    raison = "Ce lien ne vaut pas, ou ne vaut plus. Vérifiez que l’adresse est entière."
    return _fermee(request, raison, contrat, statut=404)


def _trop(request: HttpRequest, secondes: int) -> HttpResponse:
    raison = f"Trop de demandes. Attendez {typographie.duree(secondes)}, puis rechargez cette page."
    reponse = _fermee(request, raison, None, statut=429)
    reponse["Retry-After"] = str(secondes)
    return reponse


def _fermee(
    request: HttpRequest, raison: str, contrat: Contrat | None, *, statut: int
) -> HttpResponse:
    contact = (contrat.courriel_contact if contrat else "") or settings.CLS_COURRIEL_CONTACT
    contexte = {"raison": raison, "contact": contact, "contrat": contrat}
    return render(request, "bilans/edito/ferme.html", contexte, status=statut)


@par_le_lien
@require_http_methods(["GET", "HEAD", "POST"])
def edito(request: HttpRequest, lien: LienEdito, jeton: str) -> HttpResponse:
    section = edito_de(lien)
    form = EditoForm(recu(request), initial=_initial(lien, section))
    if request.method == "POST":
        return _recevoir(request, lien, jeton, form)
    return _page(request, lien, jeton, form)


def _initial(lien: LienEdito, section: SectionBilan) -> dict[str, Any]:
    return {
        "texte": section.texte,
        "signature": section.signature or lien.nom,
        "version": section.version,
    }


def _recevoir(request: HttpRequest, lien: LienEdito, jeton: str, form: EditoForm) -> HttpResponse:
    if not form.is_valid():
        if est_automatique(request):
            message = next(iter(form.errors.values()))[0]
            return JsonResponse({"message": str(message)}, status=422)
        return _page(request, lien, jeton, form, statut=422)
    try:
        version = form.cleaned_data["version"]
        ecrite = ecrire_par_lien(**form.valeurs(), version=version, par=lien)
    except ConflitVersion as conflit:
        return _conflit(request, lien, jeton, form, conflit.actuel)
    le = typographie.heure(timezone.localtime())
    if est_automatique(request):
        return JsonResponse({"message": f"Enregistré à {le}", "version": ecrite.version})
    messages.success(request, f"Votre mot est enregistré à {le}. La coordination le lit déjà.")
    return voir(_adresse(lien, jeton))


def _adresse(lien: LienEdito, jeton: str) -> str:
    return reverse("bilans:edito_par_lien", args=[lien.bilan.contrat.slug, jeton])


def _conflit(
    request: HttpRequest, lien: LienEdito, jeton: str, form: EditoForm, actuel: SectionBilan
) -> HttpResponse:
    """La coordination a écrit entre-temps : les deux textes, rien de perdu."""
    if est_automatique(request):
        message = "La coordination a changé ce texte pendant que vous écriviez."
        return JsonResponse({"message": message, "conflit": True}, status=409)
    contexte = _cadre(lien, jeton) | face_a_face(form, actuel)
    contexte |= {"qui": "La coordination", "version": actuel.version, "le": actuel.modifie_le}
    return render(request, "bilans/edito/conflit.html", contexte, status=409)


@par_le_lien
@require_POST
def portrait(request: HttpRequest, lien: LienEdito, jeton: str) -> HttpResponse:
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            donner_portrait(**form.valeurs(), par=lien)
        except DonneesRefusees as refus:
            form.reporter(refus)
        else:
            messages.success(request, "Votre portrait est enregistré.")
            return voir(_adresse(lien, jeton))
    vierge = EditoForm(initial=_initial(lien, edito_de(lien)))
    return _page(request, lien, jeton, vierge, portrait=form, statut=422)


def _cadre(lien: LienEdito, jeton: str) -> dict[str, Any]:
    return {
        "lien": lien,
        "bilan": lien.bilan,
        "contrat": lien.bilan.contrat,
        "adresse": _adresse(lien, jeton),
    }


def _page(
    request: HttpRequest,
    lien: LienEdito,
    jeton: str,
    form: EditoForm,
    *,
    portrait: PhotoForm | None = None,
    statut: int = 200,
) -> HttpResponse:
    portrait_connu = edito_de(lien).photo
    envoi = reverse("bilans:edito_portrait", args=[lien.bilan.contrat.slug, jeton])
    contexte = _cadre(lien, jeton) | {
        "form": form,
        "portrait": portrait or PhotoForm(auto_id="portrait_%s"),
        "portrait_connu": portrait_connu,
        "adresse_portrait": envoi,
    }
    return render(request, "bilans/edito/page.html", contexte, status=statut)
