"""Les communes d’un avenant : celles qui entreront, celles qui sortiront, quand il sera signé."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.navigation import Lien
from contrats import territoires
from contrats.forms.avenant import FormulaireCommunes
from contrats.models import Avenant
from contrats.services.avenants import choisir_communes
from contrats.views.avenants import adresse_de_l_avenant, avenant_modifiable, contexte_avenant
from contrats.views.portes import recu, voir

SENS = {
    "entrantes": ("communes_entrantes", "Communes qui entrent"),
    "sortantes": ("communes_sortantes", "Communes qui sortent"),
}


@require_http_methods(["GET", "POST"])
def communes(request: HttpRequest, pk: UUID, sens: str) -> HttpResponse:
    """`sens` : « entrantes », par une recherche ; « sortantes », parmi celles du contrat."""
    if sens not in SENS:
        raise Http404
    lu = avenant_modifiable(request, pk)
    form = FormulaireCommunes(recu(request))
    if request.method == "POST" and form.is_valid():
        retire = "retirer" in request.POST
        choisies = form.communes_choisies()
        try:
            choisir_communes(
                avenant=lu,
                sens=SENS[sens][0],
                ajoutees=() if retire else choisies,
                retirees=[c.pk for c in choisies] if retire else (),
                par=request.user,
            )
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            adresse = reverse("contrats:avenant_communes", args=[pk, sens])
            return voir(adresse if "rester" in request.POST else adresse_de_l_avenant(lu))
    return _page(request, lu, sens, form)


def _page(
    request: HttpRequest, avenant: Avenant, sens: str, form: FormulaireCommunes
) -> HttpResponse:
    liste, titre = SENS[sens]
    recherche = request.POST.get("recherche") or request.GET.get("recherche", "")
    choisies = list(getattr(avenant, liste).tries().select_related("epci"))
    contexte: dict[str, Any] = contexte_avenant(request, avenant, Lien(titre)) | {
        "titre": titre,
        "sens": sens,
        "form": form,
        "choisies": choisies,
        "codes": {commune.pk for commune in choisies},
        "recherche": recherche,
        "retour": adresse_de_l_avenant(avenant),
    }
    if sens == "entrantes":
        contexte["trouves"] = territoires.chercher(recherche, avenant.contrat)
    else:
        ouvertes = avenant.contrat.perimetres.ouvertes().pour_liste()
        contexte["groupes"] = territoires.par_intercommunalite(ouvertes)
    statut = 422 if form.errors else 200
    return render(request, "contrats/avenants/communes.html", contexte, status=statut)
