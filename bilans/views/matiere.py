"""La matière d’une partie du bilan : à côté de l’éditeur, ou dans sa page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bilans.rapport.matiere import matiere as matiere_de
from bilans.views.ecrire.partie import formulaire
from bilans.views.ecrire.portes import contexte_ecrire, partie_a_ecrire
from cls_platform.socle.navigation import Lien
from contrats.views.portes import en_place


@require_safe
def matiere(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """Contexte : partie, matiere (rapport.matiere.Matiere), se_reprend ; form, dans sa page."""
    partie = partie_a_ecrire(request, pk, code)
    lue = {
        "partie": partie,
        "matiere": matiere_de(partie.bilan, partie.code, le=timezone.localdate()),
        "se_reprend": partie.s_ecrit,
    }
    if en_place(request):
        return render(request, "bilans/ecrire/fragments/_matiere.html", lue)
    fil = (Lien(partie.titre, partie.adresse), Lien("Matière"))
    contexte = contexte_ecrire(request, partie.bilan, *fil) | lue
    contexte["form"] = formulaire(partie) if partie.s_ecrit else None
    return render(request, "bilans/ecrire/matiere.html", contexte)
