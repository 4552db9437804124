"""Corriger une étape là où elle se lit, avec htmx ; sans lui, sur une page à elle."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cls_platform.socle.erreurs import ConflitVersion, ErreurMetier
from cls_platform.socle.navigation import Lien
from contrats import fiche
from contrats.adresses import adresse_du_suivi
from contrats.models import Action
from contrats.navigation import contexte_espace
from contrats.views.conflit import REPRENDRE
from contrats.views.edition import Edition, contexte_du_conflit, editer, rouvrir, soumettre
from contrats.views.portes import en_place, recu


@dataclass(frozen=True, slots=True)
class Place:
    """`repos(ecrit)` rend l’objet à jour à sa place ; `ecrit` vide : rien n’a changé."""

    identifiant: str
    repos: Callable[[str], HttpResponse]


def editer_en_place(request: HttpRequest, edition: Edition, place: Place) -> HttpResponse:
    if not en_place(request):
        return editer(request, edition)
    if "annuler" in request.GET:
        return place.repos("")
    if edition.objet is not None and REPRENDRE in request.POST:
        return _ouvrir(request, edition, place, rouvrir(request, edition, edition.objet))
    form = edition.former(recu(request))
    if request.method == "POST" and form.is_valid():
        try:
            soumettre(request, edition, form)
        except ConflitVersion as erreur:
            deux = contexte_du_conflit(request, edition, form, erreur)
            return _en_conflit(request, edition, place, deux)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return place.repos("ecrit")
    return _ouvrir(request, edition, place, form)


def _ouvrir(request: HttpRequest, edition: Edition, place: Place, form: Any) -> HttpResponse:
    contexte = {
        "form": form,
        "titre": edition.titre,
        "sujet": edition.sujet,
        "retour": edition.retour,
        "identifiant": place.identifiant,
        "adresse": request.path,
    }
    statut = 422 if form.errors else 200
    return render(request, "contrats/fragments/_edition_etape.html", contexte, status=statut)


def _en_conflit(
    request: HttpRequest, edition: Edition, place: Place, deux: dict[str, Any]
) -> HttpResponse:
    if deux["conflit"] is None:
        return place.repos("ecrit")
    contexte = deux | {"identifiant": place.identifiant, "quoi": edition.titre}
    return render(request, "contrats/fragments/_conflit.html", contexte, status=409)


def contexte_de_page(request: HttpRequest, action: Action, *suite: Lien) -> dict[str, Any]:
    """La coque d’une page posée sous l’onglet « Suivi » d’une fiche."""
    ici = Lien(fiche.nom_court(action), adresse_du_suivi(action.pk))
    return contexte_espace(request, action.contrat, "plan", suite=[ici, *suite])
