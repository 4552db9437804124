"""Le site public : l’accueil, la page d’un contrat, les bilans publiés."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from acteurs.models import EditionTerritoires
from bilans import vitrine
from bilans.filters import BilanFilterSet
from bilans.models import Bilan
from cls_platform.socle.page_publique import page_publique
from contrats.models import Contrat, Reunion
from indicateurs.beneficiaires.lecture import annees_publiees

BILANS_PAR_PAGE = 20


@page_publique
def accueil(request: HttpRequest) -> HttpResponse:
    """Contexte : chiffres (vitrine.ChiffresNationaux), carte (vitrine.CarteCouverture),
    derniers (trois Bilan publiés, avec contrat), edition (EditionTerritoires ou None)."""
    lu = vitrine.accueil(timezone.localdate())
    return render(
        request,
        "bilans/public/accueil.html",
        {
            "chiffres": lu.chiffres,
            "carte": lu.carte,
            "derniers": Bilan.objects.publics().pour_liste().recents_d_abord()[:3],
            "edition": EditionTerritoires.objects.order_by("date_effet").last(),
        },
    )


@page_publique
def contrat(request: HttpRequest, slug: str) -> HttpResponse:
    """Contexte : contrat, page (bilans.instantane.Instantane lu à l’instant), bilans
    (Bilan publiés, le plus récent d’abord), dernier_bilan (ou None), reunions (celles qui viennent
    et que chacun peut suivre), annee_des_beneficiaires (la dernière publiée, ou None)."""
    le = timezone.localdate()
    fiche = get_object_or_404(Contrat.objects.publics().select_related("region", "ars"), slug=slug)
    bilans = list(Bilan.objects.publics().filter(contrat=fiche).recents_d_abord().pour_liste())
    contexte: dict[str, Any] = {
        "contrat": fiche,
        "page": vitrine.page_du_contrat(fiche, le=le),
        "bilans": bilans,
        "dernier_bilan": bilans[0] if bilans else None,
        "annee_des_beneficiaires": next(iter(annees_publiees(fiche)), None),
        "reunions": list(Reunion.objects.du_contrat(fiche).publiques().a_venir(le)),
    }
    return render(request, "bilans/public/contrat.html", contexte)


@page_publique
def bilans_publies(request: HttpRequest) -> HttpResponse:
    """Les mêmes filtres que l’API. Contexte : page (Page de Bilan publiés), filtre, est_filtre."""
    publies = Bilan.objects.publics().pour_liste().recents_d_abord()
    filtre = BilanFilterSet(request.GET, queryset=publies, request=request)
    filtre.exiger_valide()
    page = Paginator(filtre.qs, BILANS_PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {"page": page, "filtre": filtre, "est_filtre": bool(filtre.actifs)}
    return render(request, "bilans/public/liste.html", contexte)
