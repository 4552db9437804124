"""L’histoire d’une partie, et le retour à une version passée."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bilans.ecriture.histoire import Version, versions
from bilans.ecriture.parties import Partie
from bilans.services.redaction import ecrire_section
from bilans.services.volets import ecrire_volet
from bilans.views.ecrire.portes import contexte_ecrire, partie_a_ecrire
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees
from cls_platform.socle.navigation import Lien
from contrats.comparaison import souligner
from contrats.forms.historique import FormulaireRetablir
from contrats.services.retablir import VIA
from contrats.views.portes import recu, voir

MONTREES = 50
ENTRE_TEMPS = "Cette partie a changé entre-temps. Relisez ce qui serait remplacé, puis confirmez."


@require_safe
def histoire(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    partie = partie_a_ecrire(request, pk, code)
    fil = (Lien(partie.titre, partie.adresse), Lien("Historique"))
    lues = versions(partie)
    precedents = [*(v.ecrit for v in lues[1:]), ""]
    contexte = contexte_ecrire(request, partie.bilan, *fil) | {
        "partie": partie,
        "versions": [
            (version, souligner(version.ecrit, avant)[0])
            for version, avant in zip(lues[:MONTREES], precedents, strict=False)
        ],
        "moi": str(request.user),
    }
    return render(request, "bilans/ecrire/historique.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def retablir(request: HttpRequest, pk: UUID, code: str, d_alors: int) -> HttpResponse:
    """Les deux versions face à face ; rien ne change avant la confirmation."""
    partie = partie_a_ecrire(request, pk, code)
    lues = versions(partie)
    passee = next((v for v in lues if v.numero == d_alors), None)
    if passee is None:
        raise Http404
    form, erreur, statut = FormulaireRetablir(recu(request)), "", 200
    if request.method == "POST" and form.is_valid():
        try:
            _ecrire(partie, passee, version=form.cleaned_data["version"], par=request.user)
        except ConflitVersion:
            erreur, statut = ENTRE_TEMPS, 409
        except DonneesRefusees as refus:
            erreur, statut = refus.message, 422
        else:
            messages.success(
                request, f"«\u00a0{partie.titre}\u00a0»\u00a0: la version est rétablie."
            )
            return voir(partie.adresse)
    if form.errors:
        statut = 422
    retour = reverse("bilans:ecrire_histoire", args=[pk, code])
    fil = (Lien(partie.titre, partie.adresse), Lien("Historique", retour), Lien("Rétablir"))
    maintenant, alors = souligner(lues[0].ecrit, passee.ecrit)
    contexte = contexte_ecrire(request, partie.bilan, *fil) | {
        "partie": partie,
        "present": lues[0],
        "passee": passee,
        "maintenant": maintenant,
        "alors": alors,
        "erreur": erreur,
        "retour": retour,
    }
    return render(request, "bilans/ecrire/retablir.html", contexte, status=statut)


def _ecrire(partie: Partie, passee: Version, *, version: int, par: Any) -> None:
    if partie.section:
        ecrire_section(section=partie.section, **passee.valeurs, version=version, par=par, via=VIA)
    elif partie.volet:
        ecrire_volet(
            bilan=partie.bilan,
            axe=partie.volet.axe,
            valeurs=passee.valeurs,
            recits={},
            version=version,
            par=par,
            via=VIA,
        )
