"""L’histoire d’une fiche et de chacun de ses champs."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from acteurs.droits import Droit
from cls_platform.socle.navigation import Lien
from contrats import fiche
from contrats.champs_fiche import CHAMPS_EN_PLACE, ChampEnPlace
from contrats.coque_fiche import contexte_fiche
from contrats.forms.historique import FormulaireTri
from contrats.histoire.champ import etats_du_champ
from contrats.histoire.ecriture import Noms, montrer
from contrats.histoire.fiche import Geste, definition_de, gestes
from contrats.models import Action
from contrats.permissions import droits_sur
from contrats.provenance import auteurs
from contrats.services.plan import champs_modifiables
from contrats.views.portes import action_suivie

PAR_PAGE = 20


@require_GET
def historique_de_la_fiche(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tout ce qui lui est arrivé ; les montants, pour qui peut les lire."""
    action = action_suivie(request, pk)
    contexte = contexte_fiche(request, action, suite=(Lien("Historique"),))
    avec_argent = Droit.VOIR_BUDGET in contexte["droits"]
    tous = gestes(action, avec_argent=avec_argent)
    libres = list(action.contrat.champs_libres.actifs())
    form = FormulaireTri(
        request.GET or None, gestes=tous, libres=libres, avec_argent=avec_argent, auto_id="tri-%s"
    )
    tri = form.tri() if form.is_bound else None
    gardes = tri.garder(tous) if tri else tous
    page = Paginator(gardes, PAR_PAGE).get_page(request.GET.get("page"))
    contexte |= {
        "form": form,
        "page": page,
        "gestes": _avec_provenance(list(page)),
        "total": len(tous),
        "est_trie": tri is not None and len(gardes) != len(tous),
        "definitions": {definition_de(c) or c for g in page for c in g.champs},
        "moi": str(request.user),
    }
    return render(request, "contrats/historique.html", contexte)


def _avec_provenance(montres: list[Geste]) -> list[Geste]:
    noms = auteurs(geste.evenement.via for geste in montres)
    return [
        replace(g, evenement=replace(g.evenement, provenance=noms.get(g.evenement.via, "")))
        for g in montres
    ]


@require_GET
def historique_du_champ(request: HttpRequest, pk: UUID, champ: str) -> HttpResponse:
    """Chaque valeur que le champ a eue, la dernière en tête."""
    action = action_suivie(request, pk)
    definition = definition_ou_404(action, champ)
    etats = etats_du_champ(action, definition.champs)
    page = Paginator(etats, PAR_PAGE).get_page(request.GET.get("page"))
    debut = max(page.start_index() - 1, 0)
    noms = Noms(action, etats[debut : debut + PAR_PAGE + 1])
    suite = (Lien("Historique", adresse_de_l_historique(action)), Lien(definition.libelle))
    contexte = contexte_fiche(request, action, suite=suite) | {
        "definition": definition,
        "page": page,
        "etats": montrer(etats, noms, debut=debut, nombre=PAR_PAGE),
        "peut_retablir": peut_ecrire(request, action, definition),
        "moi": str(request.user),
    }
    return render(request, "contrats/historique_champ.html", contexte)


def definition_ou_404(action: Action, champ: str) -> ChampEnPlace:
    """Le champ de la fiche de ce nom ; une colonne de la table mène à son champ."""
    nom = champ if champ in CHAMPS_EN_PLACE else definition_de(champ) or champ
    try:
        return fiche.definition_de(action, nom)
    except KeyError as erreur:
        raise Http404 from erreur


def peut_ecrire(request: HttpRequest, action: Action, definition: ChampEnPlace) -> bool:
    droits = droits_sur(request.user, action.contrat)
    return champs_modifiables(request.user, action, droits).issuperset(definition.champs)


def adresse_de_l_historique(action: Any) -> str:
    return reverse("contrats:action_historique", args=[action.pk])
