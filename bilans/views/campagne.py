"""Une campagne : qui en est où dans la région, les mêmes lignes à emporter."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from acteurs.models import Region
from bilans.campagne import presentation as montrer
from bilans.campagne.droits import peut_mener, peut_mener_la_region
from bilans.campagne.fenetres import Moment, compte_a_rebours, moment_de
from bilans.campagne.filtres import TableauFilterSet
from bilans.campagne.lecture import sans_bilan_attendu, tableau_de
from bilans.models import Campagne
from cls_platform.socle.historique import historique
from cls_platform.socle.navigation import Lien
from cls_platform.socle.tableur import liste as tableur
from contrats.couverture_place import Place
from contrats.navigation_region import contexte_region
from contrats.pilotage.ensemble import exiger_le_pilotage
from contrats.views.couverture_exports import fichier

LIGNES_PAR_PAGE = 50
LIMITE_DU_JOURNAL = 12
TITRE = "Campagne de bilans"
EN_COURS = (Moment.A_VENIR, Moment.ECRITURE)


def campagne_suivie(request: HttpRequest, pk: UUID) -> Campagne:
    suivies = Campagne.objects.suivies_par(request.user)
    return get_object_or_404(suivies.select_related("region", "contrat", "modifie_par"), pk=pk)


def coque_de_region(request: HttpRequest, region: Region, *suite: Lien) -> dict[str, Any]:
    """`suite` : les étapes du fil après le titre ; aucune, c’est la page même."""
    ici = Place("region", region.pk, region.nom, region.pk, region.nom)
    return contexte_region(request, ici, "campagnes", suite=suite or [Lien(TITRE)]) | {
        "region": region,
        "place": ici,
    }


@require_safe
def campagnes(request: HttpRequest, code: str) -> HttpResponse:
    """La plus récente de la région ; sans campagne, à quoi elle sert et comment l’ouvrir."""
    region = get_object_or_404(Region, pk=code)
    exiger_le_pilotage(request.user, code)
    derniere = Campagne.objects.de_la_region(code).select_related("region", "modifie_par").first()
    if derniere:
        return _page(request, derniere, region)
    contexte = coque_de_region(request, region) | {
        "peut_mener": peut_mener_la_region(request.user, code)
    }
    return render(request, "bilans/campagne/aucune.html", contexte)


@require_safe
def campagne(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Celle d’un contrat se lit sur sa page « Bilans »."""
    lue = campagne_suivie(request, pk)
    if lue.region is None:
        return redirect("bilans:bilans", pk=lue.contrat_id)
    exiger_le_pilotage(request.user, lue.region.pk)
    return _page(request, lue, lue.region)


def _filtre(request: HttpRequest, lue: Campagne) -> TableauFilterSet:
    le = timezone.localdate()
    tableau: Any = tableau_de(lue, request.user, le)
    filtre = TableauFilterSet(request.GET, queryset=tableau, le=le, par=request.user)
    filtre.exiger_valide()
    return filtre


def _page(request: HttpRequest, lue: Campagne, region: Region) -> HttpResponse:
    filtre = _filtre(request, lue)
    tableau: Any = filtre.queryset
    gardees: Any = filtre.qs
    page = Paginator(gardees, LIGNES_PAR_PAGE).get_page(request.GET.get("page"))
    autres = Campagne.objects.de_la_region(region.pk)
    moment = moment_de(lue, filtre.le)
    contexte = coque_de_region(request, region) | {
        "campagne": lue,
        "adresse": montrer.adresse_de_la(lue),
        "moment": moment,
        "est_en_cours": moment in EN_COURS,
        "delai": compte_a_rebours(lue.remise_le, filtre.le),
        "repartition": montrer.repartition_des_etapes(tableau),
        "puces": montrer.puces(lue, filtre, request.GET),
        "menus": montrer.menus(lue, autres, tableau, request.GET),
        "en_tetes": montrer.en_tetes(lue, request.GET),
        "exports": montrer.exports(lue, request.GET),
        "page": page,
        "rangees": [montrer.rangee(ligne) for ligne in page.object_list],
        "nombre": len(gardees),
        "total": len(tableau),
        "caches": [(n, v) for n, v in _parametres(request) if n not in {"recherche", "page"}],
        "recherche": request.GET.get("recherche", ""),
        "est_filtree": bool(set(filtre.actifs) - {"tri"}),
        "sans_bilan": sans_bilan_attendu(lue, request.user),
        "peut_mener": peut_mener(request.user, lue),
        "evenements": historique(lue, limite=LIMITE_DU_JOURNAL),
        "moi": str(request.user),
        "est_demonstration": any(ligne.est_demonstration for ligne in tableau),
    }
    return render(request, "bilans/campagne/tableau.html", contexte)


def _parametres(request: HttpRequest) -> list[tuple[str, str]]:
    return [(nom, valeur) for nom, valeurs in request.GET.lists() for valeur in valeurs]


@require_safe
def exporter(request: HttpRequest, pk: UUID, extension: str) -> HttpResponse:
    """Exactement les lignes que montrent ces filtres, dans le même ordre."""
    lue = campagne_suivie(request, pk)
    if lue.region is None or extension not in tableur.TYPES:
        raise Http404
    exiger_le_pilotage(request.user, lue.region.pk)
    filtre = _filtre(request, lue)
    lignes = [montrer.valeurs_exportees(li, settings.ADRESSE_PUBLIQUE) for li in filtre.qs]
    nom = f"bilans-{lue.annee}-{lue.region.pk}-{filtre.le:%Y-%m-%d}.{extension}"
    return fichier(extension, nom, f"Bilans {lue.annee}", montrer.ENTETES, lignes)
