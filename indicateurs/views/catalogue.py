"""Le catalogue vu d’un contrat : choisir, adapter, reprendre une définition qui s’en écarte."""

from collections import defaultdict
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from acteurs.droits import Droit
from cls_platform.socle import typographie
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees
from cls_platform.socle.navigation import Lien
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.views.portes import contrat_suivi
from indicateurs.catalogue import conseil, ecarts
from indicateurs.filters import CatalogueFilterSet
from indicateurs.histoire import depuis_quand
from indicateurs.models import Indicateur, IndicateurModele
from indicateurs.services.catalogue import choisir_au_catalogue, reprendre_du_catalogue
from indicateurs.views.portes import contexte_indicateur, indicateur_suivi

DE_LA_PAGE = ("recherche", "type", "niveau", "est_national")
MULTIPLES = ("type", "niveau")
ENTRE_TEMPS = "Cet indicateur a changé entre-temps. Voici ce qui diffère maintenant."


@require_http_methods(["GET", "HEAD", "POST"])
def catalogue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Chercher, lire, cocher ; ce que le contrat suit déjà est dit."""
    contrat = contrat_suivi(request, pk)
    erreur = ""
    if request.method == "POST":
        exiger(request.user, Droit.GERER_INDICATEURS, contrat)
        try:
            ajoutes = choisir_au_catalogue(
                contrat=contrat, codes=request.POST.getlist("codes"), par=request.user
            )
        except DonneesRefusees as refus:
            erreur = refus.message
        else:
            messages.success(request, _dire(len(ajoutes)))
            if trop := conseil(contrat.indicateurs.publics().count()):
                messages.info(request, trop)
            return redirect("indicateurs:definitions", pk=pk)
    contexte = contexte_espace(request, contrat, "indicateurs", suite=[Lien("Catalogue")])
    contexte |= _contenu(request, contrat) | {
        "erreur": erreur,
        "coches": request.POST.getlist("codes"),
        "peut_gerer": Droit.GERER_INDICATEURS in contexte["droits"],
    }
    return render(
        request, "indicateurs/catalogue/catalogue.html", contexte, status=422 if erreur else 200
    )


def _contenu(request: HttpRequest, contrat: Contrat) -> dict[str, Any]:
    proposes = IndicateurModele.objects.proposes_a(contrat.region_id).par_genre()
    filtre = filtre_de(request.GET, proposes)
    suivis: dict[str, list[Indicateur]] = defaultdict(list)
    for indicateur in contrat.indicateurs.venus_du_catalogue():
        suivis[indicateur.modele_id or ""].append(indicateur)
    return {
        "filtre": filtre,
        "est_filtre": any(request.GET.get(nom) for nom in DE_LA_PAGE),
        "genres": par_genre(filtre.qs, suivis),
        "differents": [(i, e) for liste in suivis.values() for i in liste if (e := ecarts(i))],
        "conseil": conseil(contrat.indicateurs.publics().count()),
    }


def filtre_de(parametres: QueryDict, modeles: Any) -> CatalogueFilterSet:
    """Les menus sur « tous » ne filtrent rien. Lève BadRequest (400)."""
    dits = {n: parametres.getlist(n) for n in DE_LA_PAGE if any(parametres.getlist(n))}
    lus = {n: v if n in MULTIPLES else v[0] for n, v in dits.items()}
    filtre = CatalogueFilterSet(lus, queryset=modeles)
    filtre.exiger_valide()
    return filtre


def par_genre(modeles: Any, suivis: Any) -> list[tuple[str, list[tuple[IndicateurModele, Any]]]]:
    """(genre, [(modèle, indicateurs du contrat qui en viennent)])."""
    return [
        (genre, [(modele, suivis.get(modele.pk, [])) for modele in siens])
        for genre, siens in groupby(modeles, key=lambda m: m.get_type_display())
    ]


def _dire(nombre: int) -> str:
    if not nombre:
        return "Le contrat suit déjà ces indicateurs : rien n’est ajouté."
    ajoutes = typographie.pluriel(nombre, "indicateur ajouté", "indicateurs ajoutés")
    return f"{ajoutes}. Donnez-leur une cible et reliez-les aux actions."


@require_http_methods(["GET", "HEAD", "POST"])
def reprendre(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ce qui diffère du catalogue, champ par champ ; on coche ce que l’on reprend."""
    indicateur = indicateur_suivi(request, pk)
    exiger(request.user, Droit.GERER_INDICATEURS, indicateur.contrat)
    erreur = ""
    if request.method == "POST":
        try:
            reprendre_du_catalogue(
                indicateur=indicateur,
                champs=request.POST.getlist("champs"),
                version=_version(request),
                par=request.user,
            )
        except ConflitVersion:
            messages.warning(request, ENTRE_TEMPS)
            return redirect("indicateurs:reprendre", pk=pk)
        except DonneesRefusees as refus:
            erreur = refus.message
        else:
            messages.success(request, "La définition reprend celle du catalogue.")
            return redirect("indicateurs:fiche", pk=pk)
    contexte = contexte_indicateur(request, indicateur, Lien("Comparer au catalogue"))
    differents = ecarts(indicateur)
    depuis = depuis_quand(indicateur, [ecart.champ for ecart in differents])
    contexte |= {
        "ecarts": [(ecart, depuis.get(ecart.champ)) for ecart in differents],
        "erreur": erreur,
    }
    return render(
        request, "indicateurs/catalogue/reprendre.html", contexte, status=422 if erreur else 200
    )


def _version(request: HttpRequest) -> int | None:
    lue = request.POST.get("version", "")
    return int(lue) if lue.isdecimal() else None
