"""Le site public : trouver son contrat, lire ce qui est fait, télécharger le bilan."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from acteurs.models import EditionTerritoires
from bilans import vitrine
from bilans.instantane import relire
from bilans.models import Bilan
from bilans.services.depot import ouvrir
from contrats.models import Contrat, Reunion
from indicateurs.beneficiaires.lecture import annees_publiees

BILANS_PAR_PAGE = 20


@login_not_required
@require_safe
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


@login_not_required
@require_safe
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


@login_not_required
@require_safe
def bilans_publies(request: HttpRequest) -> HttpResponse:
    """Contexte : page (Page de Bilan publiés)."""
    bilans = Bilan.objects.publics().pour_liste().recents_d_abord()
    page = Paginator(bilans, BILANS_PAR_PAGE).get_page(request.GET.get("page"))
    return render(request, "bilans/public/liste.html", {"page": page})


def bilan_publie(slug: str, annee: int) -> Bilan:
    return get_object_or_404(
        Bilan.objects.publics().select_related("contrat"), contrat__slug=slug, annee=annee
    )


@login_not_required
@require_safe
def bilan_public(request: HttpRequest, slug: str, annee: int) -> HttpResponse:
    """Contexte : bilan, contrat, page (Instantane figé à la publication)."""
    bilan = bilan_publie(slug, annee)
    contexte = {"bilan": bilan, "contrat": bilan.contrat, "page": relire(bilan.instantane or {})}
    return render(request, "bilans/public/bilan.html", contexte)


@login_not_required
@require_safe
def bilan_pdf(request: HttpRequest, slug: str, annee: int) -> HttpResponse | FileResponse:
    """Le fichier publié, tel quel ; son empreinte sert d’ETag."""
    bilan = bilan_publie(slug, annee)
    etag = f'"{bilan.sha256}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified(headers={"ETag": etag})
    try:
        fichier = ouvrir(bilan)
    except FileNotFoundError as erreur:
        raise Http404("Le fichier de ce bilan manque sur le serveur.") from erreur
    nom = f"{bilan.contrat.slug}-bilan-{bilan.annee}.pdf"
    return FileResponse(
        fichier,
        content_type="application/pdf",
        filename=nom,
        headers={"ETag": etag, "Cache-Control": "public, max-age=300"},
    )
