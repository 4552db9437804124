"""L’aperçu d’une partie, dans un cadre de l’éditeur ou dans son propre onglet."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from bilans.ecriture.apercu import apercu as page_d_apercu
from bilans.views.ecrire.portes import partie_a_ecrire

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
