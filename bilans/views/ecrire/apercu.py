"""L’aperçu d’une partie : la page à l’écran, ou les pages imprimées, coupées, en images."""

from math import ceil
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from bilans import pdf_pages
from bilans.ecriture.apercu import apercu as page_d_apercu
from bilans.ecriture.parties import Partie
from bilans.mise_en_page.parties import SectionImpossible
from bilans.services.apercus import EtatDesPages, image_de, pages_imprimees
from bilans.views.ecrire.portes import contexte_ecrire, partie_a_ecrire
from cls_platform.socle.navigation import Lien
from contrats.views.portes import en_place

# Ni script, ni envoi, ni rien d’un autre serveur ; seule une page d’ici peut l’encadrer
POLITIQUE = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src data:; font-src 'self';"
    " frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)


@xframe_options_sameorigin
@require_safe
def apercu(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """Les textes y sont échappés comme dans le PDF : c’est le même gabarit."""
    reponse = HttpResponse(
        page_d_apercu(partie_a_ecrire(request, pk, code), le=timezone.localdate())
    )
    reponse["Content-Security-Policy"] = POLITIQUE
    reponse["Cache-Control"] = "private, no-store"
    return reponse


# L’attente d’une page en train de se faire : courte d’abord, puis de plus en plus patiente
PREMIERE_ATTENTE_MS, DERNIERE_ATTENTE_MS = 700, 5000


@require_safe
def pages(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """Les pages coupées ; le fragment se redemande seul tant qu’elles se font."""
    partie = partie_a_ecrire(request, pk, code)
    lues = _contexte(partie, _lire(request, partie))
    if en_place(request):
        reponse = render(request, "bilans/ecrire/fragments/_pages.html", lues)
    else:
        fil = (Lien(partie.titre, partie.adresse), Lien("Pages imprimées"))
        contexte = contexte_ecrire(request, partie.bilan, *fil) | lues
        reponse = render(request, "bilans/ecrire/pages.html", contexte)
    reponse["Cache-Control"] = "private, no-store"
    return reponse


def _lire(request: HttpRequest, partie: Partie) -> EtatDesPages:
    """Une partie qui ne peut pas se mettre en page le dit ici, avec son nom."""
    try:
        return pages_imprimees(
            bilan=partie.bilan, code=partie.code, par=request.user, le=timezone.localdate()
        )
    except SectionImpossible as impossible:
        return EtatDesPages(erreur=impossible.message)


def _contexte(partie: Partie, etat: EtatDesPages) -> dict[str, object]:
    attente = min(PREMIERE_ATTENTE_MS * (1 + int(etat.depuis) // 3), DERNIERE_ATTENTE_MS)
    return {
        "partie": partie,
        "etat": etat,
        "numeros": range(1, etat.pages + 1),
        "largeur": pdf_pages.LARGEUR,
        "hauteur": pdf_pages.HAUTEUR,
        "au_plus": etat.pages >= pdf_pages.PAGES_AU_PLUS,
        "attente_ms": attente,
        "secondes": ceil(etat.attendre),
    }


@require_safe
def page(request: HttpRequest, pk: UUID, code: str, empreinte: str, numero: int) -> HttpResponse:
    """Son adresse dit ce qu’elle montre : l’image ne change jamais."""
    partie = partie_a_ecrire(request, pk, code)
    try:
        octets = image_de(bilan=partie.bilan, code=partie.code, courte=empreinte, numero=numero)
    except FileNotFoundError as absente:
        raise Http404 from absente
    reponse = HttpResponse(octets, content_type=pdf_pages.GENRE)
    reponse["Cache-Control"] = "private, max-age=86400, immutable"
    return reponse
