"""Le rapport d’une région, ou de la France : le demander, suivre son avancement, l’emporter."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from acteurs.droits import Droit
from acteurs.models import Region
from acteurs.ressort import ressort_de
from bilans.forms import RapportForm
from bilans.models import RapportRegional
from bilans.services import rapport_regional as service
from cls_platform.socle.navigation import Lien
from cls_platform.socle.transport import envoyer
from contrats.couverture_place import FRANCE, Place
from contrats.navigation_region import contexte_region
from contrats.permissions import exiger_general
from contrats.views.portes import recu, voir

TACHE = "bilans.faire_rapport"
RAPPORTS_PAR_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def regional(request: HttpRequest, code: str) -> HttpResponse:
    return _demande(request, get_object_or_404(Region, pk=code))


@require_http_methods(["GET", "HEAD", "POST"])
def national(request: HttpRequest) -> HttpResponse:
    return _demande(request, None)


def _demande(request: HttpRequest, region: Region | None) -> HttpResponse:
    """Le formulaire et les rapports déjà faits ; un formulaire refusé revient avec ses erreurs."""
    code = region.pk if region else ""
    ressort = service.exiger_le_rapport(region=code, par=request.user)
    form = RapportForm(
        recu(request),
        initial={"date": timezone.localdate(), "avec_montants": True, "previent": True},
        avec_montants=region is not None,
    )
    if request.method == "POST" and form.is_valid():
        rapport = service.demander_rapport(region=code, par=request.user, **form.valeurs())
        _confier(request, rapport)
        return voir(reverse("bilans:rapport", args=[rapport.pk]))
    lisibles = RapportRegional.objects.de(code).lisibles_dans(ressort).recents_d_abord()
    contexte = _coque(request, region) | {
        "form": form,
        "page": Paginator(lisibles, RAPPORTS_PAR_PAGE).get_page(request.GET.get("page")),
        "delegation": bool(code) and not ressort.a_toute_la_region(code),
        "sa_region": _sa_region(ressort.regions) if region is None else None,
    }
    statut = 422 if form.errors else 200
    return render(request, "bilans/rapport_regional/demander.html", contexte, status=statut)


def _sa_region(regions: frozenset[str]) -> Region | None:
    """La seule qu’elle pilote : la page nationale y ramène."""
    return Region.objects.get(pk=next(iter(regions))) if len(regions) == 1 else None


def _coque(request: HttpRequest, region: Region | None, *suite: Lien) -> dict[str, Any]:
    """`suite` : les étapes du fil après le titre ; aucune, c’est la page même."""
    ici = Place("region", region.pk, region.nom, region.pk, region.nom) if region else FRANCE
    titre = "Rapport régional" if region else "Rapport national"
    racine = _adresse(region) if suite else ""
    return contexte_region(request, ici, "rapport", suite=[Lien(titre, racine), *suite]) | {
        "region": region,
        "place": ici,
        "titre": titre,
    }


def _adresse(region: Region | None) -> str:
    if region is None:
        return reverse("bilans:rapport_national")
    return reverse("bilans:rapport_regional", args=[region.pk])


def _confier(request: HttpRequest, rapport: RapportRegional) -> None:
    if rapport.travail and not envoyer(TACHE, rapport.travail.pk):
        messages.warning(
            request, "La demande est notée. Le rapport se fera dès que le service aura repris."
        )


def rapport_lisible(request: HttpRequest, pk: UUID) -> RapportRegional:
    """Un rapport de son ressort ; les autres n’existent pas (404)."""
    exiger_general(request.user, Droit.PILOTER_REGION)
    siens = RapportRegional.objects.lisibles_dans(ressort_de(request.user)).avec_millesime()
    return get_object_or_404(siens.select_related("region", "travail", "demande_par"), pk=pk)


@require_safe
def rapport(request: HttpRequest, pk: UUID) -> HttpResponse:
    trouve = rapport_lisible(request, pk)
    contexte = _coque(request, trouve.region, Lien(f"Au {trouve.le:%d/%m/%Y}")) | {
        "rapport": trouve,
        "travail": trouve.travail,
        "nom": service.nom_du_rapport(trouve),
        "retour": _adresse(trouve.region),
    }
    return render(request, "bilans/rapport_regional/rapport.html", contexte)


@require_safe
def travail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Le fragment d’avancement ; à la fin, la page entière se recharge."""
    trouve = rapport_lisible(request, pk)
    if trouve.travail is None:
        raise Http404
    contexte = {"rapport": trouve, "travail": trouve.travail}
    reponse = render(request, "bilans/rapport_regional/fragments/_travail.html", contexte)
    if trouve.travail.est_fini:
        reponse["HX-Refresh"] = "true"
    return reponse


@require_POST
def refaire(request: HttpRequest, pk: UUID) -> HttpResponse:
    trouve = service.refaire_rapport(rapport=rapport_lisible(request, pk), par=request.user)
    if trouve.est_en_cours:
        _confier(request, trouve)
    return voir(reverse("bilans:rapport", args=[pk]))


@require_safe
def telecharger(request: HttpRequest, pk: UUID) -> FileResponse:
    trouve = rapport_lisible(request, pk)
    try:
        contenu = service.ouvrir(trouve)
    except FileNotFoundError as erreur:
        raise Http404 from erreur
    reponse = FileResponse(
        contenu, filename=service.nom_du_fichier(trouve), content_type="application/pdf"
    )
    reponse["Cache-Control"] = "private, no-store"
    reponse["X-Content-Type-Options"] = "nosniff"
    return reponse


@require_safe
def donnees(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Les données figées, telles que gardées ; sans les tracés, qui ont leur source ouverte."""
    trouve = rapport_lisible(request, pk)
    if trouve.instantane is None:
        raise Http404
    simple = {**trouve.instantane, "silhouette": None, "carte": None}
    nom = service.nom_du_fichier(trouve, "json")
    return HttpResponse(
        json.dumps(simple, ensure_ascii=False, sort_keys=True, indent=1),
        content_type="application/json",
        headers={
            "Content-Disposition": f'attachment; filename="{nom}"',
            "Cache-Control": "private, no-store",
        },
    )
