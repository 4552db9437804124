"""Les réunions dans un agenda : celle d’une page de l’espace, celles qui sont ouvertes à tous."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from contrats import agenda_ics
from contrats.models import Contrat, EtatReunion, Reunion
from contrats.views.reunions import adresse_de_la_reunion, reunion_suivie

# Un agenda abonné garde l’année passée
JOURS_GARDES = 366


@require_GET
def reunion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Pour l’équipe du contrat : son ordre du jour va avec."""
    lue = reunion_suivie(request, pk)
    adresse = request.build_absolute_uri(adresse_de_la_reunion(lue))
    return _fichier(request, lue.instance.contrat, [(lue, adresse)], f"reunion-{lue.date}")


@login_not_required
@require_safe
def reunions_publiques(request: HttpRequest, slug: str) -> HttpResponse:
    """Toutes celles d’un contrat public, annulées comprises : un agenda abonné l’apprend."""
    contrat = get_object_or_404(Contrat.objects.publics(), slug=slug)
    depuis = timezone.localdate() - timedelta(days=JOURS_GARDES)
    siennes = Reunion.objects.du_contrat(contrat).publiques().filter(date__gte=depuis)
    reunions = siennes.dans_l_ordre()
    adresse = _page_publique(request, contrat)
    return _fichier(request, contrat, [(r, adresse) for r in reunions], "reunions", public=True)


@login_not_required
@require_safe
def reunion_publique(request: HttpRequest, pk: UUID) -> HttpResponse:
    publiques = Reunion.objects.publiques().filter(instance__contrat__est_public=True)
    lue = get_object_or_404(publiques.select_related("instance__contrat"), pk=pk)
    contrat = lue.instance.contrat
    adresse = _page_publique(request, contrat)
    return _fichier(request, contrat, [(lue, adresse)], f"reunion-{lue.date}", public=True)


def _page_publique(request: HttpRequest, contrat: Contrat) -> str:
    return request.build_absolute_uri(reverse("bilans:contrat", args=[contrat.slug]))


def _fichier(
    request: HttpRequest,
    contrat: Contrat,
    reunions: Iterable[tuple[Reunion, str]],
    nom: str,
    *,
    public: bool = False,
) -> HttpResponse:
    hote = request.get_host().partition(":")[0]
    evenements = [evenement(reunion, hote, adresse) for reunion, adresse in reunions]
    texte = agenda_ics.agenda(contrat.nom, contrat.region_id, evenements)
    entetes = {"Content-Disposition": f'attachment; filename="{contrat.slug}-{nom}.ics"'}
    if public:
        entetes["Cache-Control"] = "public, max-age=300"
    return HttpResponse(texte, content_type=agenda_ics.TYPE, headers=entetes)


def evenement(reunion: Reunion, hote: str, adresse: str) -> agenda_ics.Evenement:
    return agenda_ics.Evenement(
        uid=f"{reunion.pk}@{hote}",
        sequence=reunion.version - 1,
        modifie_le=reunion.modifie_le,
        titre=reunion.instance.nom,
        jour=reunion.date,
        heure=reunion.heure,
        lieu=reunion.lieu,
        description=reunion.ordre_du_jour.strip(),
        adresse=adresse,
        est_annule=reunion.etat == EtatReunion.ANNULEE,
    )
